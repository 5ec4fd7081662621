import type { Route } from '#platform/web/index.ts'
import { slices } from './slices.ts'

/** Every address of the program; the lines stand in each slice's own routes.ts. */
export const routes: readonly Route[] = slices.flatMap((slice) => slice.routes)
