import type { Visit } from '#platform/web/index.ts'
import { may } from '../../permissions.ts'

/** Whether somebody who sees this case may also write down what she thinks of it. */
export const mayThink = (visit: Visit, { closedOn }: { readonly closedOn: string | null }): boolean =>
  closedOn === null && may.note.some((verb) => visit.may(verb))
