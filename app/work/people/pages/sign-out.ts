import { endSession } from '#platform/auth/index.ts'
import { redirect, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'

/** `/{town}/abmelden`: ends this session here and in the database. */
export async function post(visit: Visit): Promise<Response> {
  const name = `b-${visit.town.slug}`
  const token = visit.cookie(name)
  if (token) await visit.txAs({ kind: 'program', name: 'sign-out' }, (tx) => endSession(tx, token))
  visit.setCookie(name, undefined)
  return redirect(addresses.signIn(visit.town))
}
