import { formats } from '#platform/i18n/index.ts'
import { atBerlin } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { CasePart, Deadline, Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { modelInForce } from '#work/model/index.ts'
import { decides } from './deciding.ts'
import { running, searchedBySubstitute } from './queries/requests.ts'
import { secondRoles } from './queries/seconds.ts'
import { words } from './words.ts'

const t = words('de')
const soon = 7 * 86_400_000

type Running = Awaited<ReturnType<typeof running>>[number]

/** Whose turn it is: whoever prepares, whoever decides, or anybody but who prepared. */
function hers({ state, proposed_by: by, quiet, second_by: second }: Running, person: Person, named: boolean): boolean {
  const prepares = person.verbs.has(quiet ? 'intake.substitute' : 'cases.export')
  const decider = quiet ? second === person.id : named
  if (state === 'open') return prepares
  if (by === person.id) return false
  return state === 'proposed' ? decider : prepares || decider
}

/** What runs and this person may read, and whether her roles decide; whom the substitute asks may hold no right here. */
async function runningFor(tx: TenantTx, person: Person) {
  const model = await modelInForce(tx)
  const decider = decides(model, person.roles)
  const reads = decider || person.verbs.has('cases.export')
  const asked = secondRoles(model).some((role) => person.roles.includes(role))
  const rows = reads || asked ? await running(tx) : []
  return { rows: rows.filter(({ quiet }) => quiet || reads), decider }
}

/** Persons the substitute has not looked for yet. */
async function toLookFor(tx: TenantTx, slug: string): Promise<Waiting[]> {
  const rows = (await running(tx)).filter(({ basis, state, quiet }) => basis === 'gdpr' && state === 'open' && !quiet)
  const looked = await searchedBySubstitute(tx)
  return rows
    .filter(({ id }) => !looked.has(id))
    .map(({ id, number, due_on: due }) => ({
      section: 'this-week',
      what: t('waiting.look', { number }),
      since: t('waiting.look.why'),
      dueAt: atBerlin(due),
      href: addresses.inspections(slug, id, 'vertretung'),
    }))
}

export async function waiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const looking = person.verbs.has('intake.substitute') ? await toLookFor(tx, slug) : []
  const { rows, decider } = await runningFor(tx, person)
  const lines = rows.map((row): Waiting => {
    const dueAt = atBerlin(row.due_on)
    const near = dueAt.getTime() - tx.now.getTime() < soon
    return {
      section: !hers(row, person, decider) ? 'others' : near ? 'now' : 'later',
      what: t(`waiting.${row.state as 'open' | 'proposed' | 'decided'}`, { number: row.number }),
      since: t('waiting.since', { basis: t(`basis.${row.basis}`), day: formats('de').day(row.received_on) }),
      dueAt,
      href: addresses.inspections(slug, row.id),
    }
  })
  return [...looking, ...lines]
}

/** For her own calendar: the same words whoever asks for whatever. */
export async function deadlines(tx: TenantTx, person: Person): Promise<Deadline[]> {
  const { rows, decider } = await runningFor(tx, person)
  return rows
    .filter((row) => hers(row, person, decider))
    .map(({ id, due_on: day }) => ({ thing: `inspection:${id}`, at: atBerlin(day), what: t('deadline') }))
}

/** On the page of a case: how it leaves the office, and who asked for it; for those who may let it. */
export async function aboutCase(tx: TenantTx, slug: string, caseId: string): Promise<CasePart | undefined> {
  if (tx.who.kind !== 'person' || !tx.who.reach.includes('inspection')) return undefined
  const { day } = formats('de')
  const asked = (await running(tx)).filter(({ cases }) => cases.includes(caseId))
  return {
    title: t('about.title'),
    lines: [
      ...asked.map(({ id, number, basis, due_on: due }) => ({
        text: t('about.running', { number }),
        about: t('about.running.hint', { basis: t(`basis.${basis}`), day: day(due) }),
        href: addresses.inspections(slug, id),
      })),
      { text: t('about.file'), about: t('about.file.hint'), href: addresses.caseFile(slug, caseId) },
      { text: t('about.new'), about: t('about.new.hint'), href: addresses.newInspection(slug, `fall:${caseId}`) },
    ],
  }
}
