import { formats } from '#platform/i18n/index.ts'
import { atBerlin } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { CasePart, Deadline, Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { modelInForce } from '#work/model/index.ts'
import { decides } from './deciding.ts'
import { running, searchedBySubstitute } from './queries/requests.ts'
import { words } from './words.ts'

const t = words('de')
const soon = 7 * 86_400_000

type Running = Awaited<ReturnType<typeof running>>[number]

/** Whose turn it is: whoever prepares, whoever decides, or anybody but who prepared. */
function hers({ state, proposed_by: by }: Running, person: Person, decider: boolean): boolean {
  const prepares = person.verbs.has('cases.export')
  if (state === 'open') return prepares
  if (by === person.id) return false
  return state === 'proposed' ? decider : prepares || decider
}

const reads = (person: Person, decider: boolean) => decider || person.verbs.has('cases.export')

/** Persons the substitute has not looked for yet. */
async function toLookFor(tx: TenantTx, slug: string): Promise<Waiting[]> {
  const rows = (await running(tx)).filter(({ basis, state }) => basis === 'gdpr' && state === 'open')
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
  if (!person.verbs.has('cases.export') && !person.verbs.has('second.decide')) return looking
  const decider = decides(await modelInForce(tx), person.roles)
  if (!reads(person, decider)) return looking
  const rows = (await running(tx)).map((row): Waiting => {
    const dueAt = atBerlin(row.due_on)
    const near = dueAt.getTime() - tx.now.getTime() < soon
    return {
      section: !hers(row, person, decider) ? 'others' : near ? 'now' : 'this-week',
      what: t(`waiting.${row.state as 'open' | 'proposed' | 'decided'}`, { number: row.number }),
      since: t('waiting.since', { basis: t(`basis.${row.basis}`), day: formats('de').day(row.received_on) }),
      dueAt,
      href: addresses.inspections(slug, row.id),
    }
  })
  return [...looking, ...rows]
}

/** For her own calendar: the same words whoever asks for whatever. */
export async function deadlines(tx: TenantTx, person: Person): Promise<Deadline[]> {
  if (!person.verbs.has('cases.export') && !person.verbs.has('second.decide')) return []
  const decider = decides(await modelInForce(tx), person.roles)
  if (!reads(person, decider)) return []
  return (await running(tx))
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
