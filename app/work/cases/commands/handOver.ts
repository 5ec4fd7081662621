import { grantedOn, onlyHolder } from '#platform/access/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { nobody, onlyAnsweredBy, type Held } from '#platform/web/index.ts'
import { current, modelInForce, modelVersion, stepOf } from '#work/model/index.ts'
import { endVisit, townNames, visits } from '../near/commands/visitor.ts'
import { means } from '../names.ts'
import { may } from '../permissions.ts'
import { colleagueNames, handlersFor, namesOf } from '../queries/people.ts'
import { openCasesOf } from '../queries.ts'
import { mayBeGranted } from '../rules.ts'
import { words } from '../words.ts'
import { assign, unassign } from './assign.ts'
import { lockCase, reveal, seal } from './store.ts'

const t = words('de')

/** What somebody works on and others must take over: open cases, visits elsewhere, questions only she may answer. */
export async function heldCases(tx: TenantTx, person: string): Promise<Held[]> {
  return [...(await casesOf(tx, person)), ...(await visitsOf(tx, person)), ...(await questionsTo(tx, person))]
}

/** The open cases somebody works on, by number only, and who could take each over. */
async function casesOf(tx: TenantTx, person: string): Promise<Held[]> {
  const today = berlinDay(tx.now)
  const held: Held[] = []
  for (const { id, number, role } of await openCasesOf(tx, person)) {
    const able = (await handlersFor(tx, id)).filter((one) => mayBeGranted(one, today).length === 0)
    held.push({
      record: id,
      among: t('held.cases'),
      what: t('held.case', { number }),
      to: able.filter((one) => one.id !== person).map((one) => ({ id: one.id, name: one.name })),
      keeps: ({ verbs }) => may.note.some((verb) => verbs.has(verb)),
      handOver: async (inTx, to) => {
        // Whoever works on it already keeps what she has.
        const keeps = role !== 'lead' && (await grantedOn(inTx, id)).has(to)
        const missing = keeps ? [] : await assign(inTx, id, { person: to, as: role })
        if (missing.length > 0) throw new NotAllowed('handler', { hidden: false })
        await passMeasures(inTx, id, person, to)
        await unassign(inTx, id, person)
      },
    })
  }
  return held
}

/** Open measures that name her as the one who sees to them name the other from now on. */
async function passMeasures(tx: TenantTx, caseId: string, from: string, to: string): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const names = await namesOf(tx, [from, to])
  const others = (await colleagueNames(tx, from)).map(({ name }) => name)
  const rows = await tx.db
    .selectFrom('cases.measure')
    .select(['id', 'owner'])
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .execute()
  for (const { id, owner } of rows.filter((row) =>
    means(reveal(tx, key, ['measure', 'owner', row.id], row.owner), names.get(from) ?? '', others),
  ))
    await tx.db
      .updateTable('cases.measure')
      .set({
        owner: seal(tx, key, 'measure', 'owner', id, names.get(to) ?? reveal(tx, key, ['measure', 'owner', id], owner)),
      })
      .where('id', '=', id)
      .execute()
}

/** Cases of other municipalities she works on as a guest: that ends, and who goes next is for that municipality to ask. */
async function visitsOf(tx: TenantTx, person: string): Promise<Held[]> {
  const hers = (await visits(tx)).filter((one) => one.person_id === person)
  if (hers.length === 0) return []
  const towns = await townNames(tx)
  return hers.map(({ id, owner }) => ({
    record: id,
    among: t('held.visits'),
    what: t('held.visit', { town: towns.get(owner) ?? '' }),
    to: [{ id: nobody, name: t('held.visit.ends') }],
    keeps: ({ verbs }) => may.read.some((verb) => verbs.has(verb)),
    handOver: (inTx) => endVisit(inTx, id),
  }))
}

/** Questions to a second person that nobody but she could answer: somebody has to be appointed first. */
async function questionsTo(tx: TenantTx, person: string): Promise<Held[]> {
  const rows = await tx.db
    .selectFrom('cases.proposal as p')
    .innerJoin('cases.case as c', (join) =>
      join.onRef('c.municipality_id', '=', 'p.municipality_id').onRef('c.id', '=', 'p.case_id'),
    )
    .select(['p.id', 'p.case_id', 'p.model_version', 'p.to_step', 'p.subject', 'p.asked', 'p.proposed_by', 'c.number'])
    .where('p.answered_on', 'is', null)
    .where('p.lapses_at', 'is', null)
    .execute()
  const inForce = await modelInForce(tx)
  const deciding = [...inForce.verbs].filter(([, verbs]) => verbs.has('second.decide')).map(([role]) => role)
  const held: Held[] = []
  for (const row of rows) {
    const step = stepOf(await modelVersion(tx, row.model_version), row.to_step)
    const asked = row.subject === 'move' ? (step.second?.by ?? []) : row.asked ? [row.asked] : deciding
    const roles = asked.flatMap((role) => current(inForce, 'role', role) ?? [])
    if (!(await onlyHolder(tx, person, { roles, record: row.case_id, without: row.proposed_by }))) continue
    const what = t('held.question', { number: row.number })
    held.push(onlyAnsweredBy(roles, { record: row.id, among: t('held.questions'), what }))
  }
  return held
}
