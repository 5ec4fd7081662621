import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'

type Town = Awaited<ReturnType<Visit['towns']>>[number]

/** The state's coordination, which speaks for the network; undefined where none is in the directory. */
export const seatOf = (towns: readonly Town[]): Town | undefined => towns.find(({ kind }) => kind === 'state')

async function seat(visit: Visit): Promise<Town> {
  const found = seatOf(await visit.towns())
  if (!found) throw new NotAllowed('network', { hidden: true })
  return found
}

/** `/netzwerk/newsletter`: its own newsletter, with its own readers, proofs and people who may write it. */
export const newsletter = async (visit: Visit): Promise<Response> => redirect(addresses.newsletter(await seat(visit)))

/** `/netzwerk/veranstaltungen` */
export const gatherings = async (visit: Visit): Promise<Response> => redirect(addresses.gatherings(await seat(visit)))
