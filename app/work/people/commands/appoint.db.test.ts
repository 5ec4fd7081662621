import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolesToday } from '#platform/auth/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { proposals } from '../queries.ts'
import { invitePerson, RolesApart } from './appoint.ts'
import { confirmProposal } from './roles.ts'

let towns: Towns
beforeAll(async () => {
  towns = await foundTowns()
})
afterAll(() => towns.end())

type Staff = Extract<Who, { kind: 'person' }>
const staff = async (role: string) => (await towns.appoint(role)) as Staff
const invited = async (by: Who, ...roles: string[]) => {
  const mail = `${crypto.randomUUID()}@lindenau.invalid`
  const { proposed } = await towns.at((tx) => invitePerson(tx, { name: 'Neu', mail, roles }), by)
  return towns.at(async (tx) => {
    const { id } = await tx.db.selectFrom('auth.person').select('id').where('mail', '=', mail).executeTakeFirstOrThrow()
    const open = (await proposals(tx)).filter((one) => one.person_id === id)
    return { id, proposed, open: open.map((one) => one.id) }
  }, program)
}
const rolesOf = async (id: string) => (await towns.at((tx) => rolesToday(tx, id), program))?.roles
const confirm = (id: string, who: Who) => towns.at((tx) => confirmProposal(tx, id, () => Promise.resolve([])), who)

test('what gives rights over rights waits for a second person, who is neither the first nor the one concerned', async () => {
  const [first, second] = [await staff('coordination'), await staff('sponsor')]
  const anna = await invited(first, 'coordination', 'guide')
  expect(anna.proposed).toEqual(['coordination'])
  expect(await rolesOf(anna.id)).toEqual(['guide'])
  const [proposal] = anna.open
  await expect(confirm(proposal!, first)).rejects.toThrow('not allowed')
  await expect(confirm(proposal!, { kind: 'person', id: anna.id, reach: [] })).rejects.toThrow('not allowed')
  expect(await rolesOf(anna.id)).toEqual(['guide'])
  await confirm(proposal!, second)
  expect(await rolesOf(anna.id)).toEqual(['coordination', 'guide'])
  await expect(confirm(proposal!, second)).rejects.toThrow('not allowed')
})

test('every role whose verbs reach over others is given by two, the others at once', async () => {
  const by = await staff('coordination')
  const all = ['coordination', 'conflict-manager', 'sponsor', 'handler', 'guide', 'contact-point', 'nothing']
  const anna = await invited(by, ...all)
  expect(anna.proposed.toSorted()).toEqual(['conflict-manager', 'coordination', 'sponsor'])
  expect(await rolesOf(anna.id)).toEqual(['contact-point', 'guide', 'handler'])
  expect((await invited(by, 'substitute')).proposed).toEqual(['substitute'])
  expect((await invited(by, 'oversight')).proposed).toEqual(['oversight'])
  await expect(invited(by, 'coordination', 'substitute')).rejects.toThrow(RolesApart)
})

test('both names stand with the appointment, and each deed in the audit', async () => {
  const [first, second] = [await staff('coordination'), await staff('coordination')]
  const anna = await invited(first, 'oversight')
  await confirm(anna.open[0]!, second)
  const { appointment, verbs } = await towns.at(
    async (tx) => ({
      appointment: await tx.db
        .selectFrom('auth.appointment')
        .select(['appointed_by', 'second_by'])
        .where('person_id', '=', anna.id)
        .execute(),
      verbs: await tx.db
        .selectFrom('platform.audit_entry')
        .select(['verb', 'who'])
        .where('thing', 'like', `person:${anna.id}%`)
        .execute(),
    }),
    program,
  )
  expect(appointment).toEqual([{ appointed_by: first.id, second_by: second.id }])
  expect(verbs).toEqual(
    expect.arrayContaining([
      { verb: 'entered', who: first.id },
      { verb: 'proposed', who: first.id },
      { verb: 'appointed', who: second.id },
    ]),
  )
})
