import { application } from '#app/application.ts'
import { bar, grant } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { formToken, hiddenFields } from '#platform/forms/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { livingKey } from '#platform/tenancy/index.ts'
import type { Route } from '#platform/web/index.ts'
import { openCase } from '#work/cases/index.ts'
import { announce, planGathering } from '#work/gatherings/index.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { proposeExtract } from '#work/inspection/commands/prepare.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { conference } from '../support/gathering.ts'
import { foundTowns, program, type Towns } from '../support/town.ts'
import { visitTo } from './visit.ts'

/** How somebody stands to the record an address names; `none` for addresses that name none, and for no relation. */
const relations = [
  'none',
  'own',
  'granted',
  'expired',
  'excluded',
  'deputy',
  'guest',
  'other-town',
  'stranger',
] as const
export type Relation = (typeof relations)[number]

const origin = 'http://localhost'
const yesterday = (towns: Towns) => new Date(towns.clock.now.getTime() - 86_400_000).toISOString().slice(0, 10)

export interface Member {
  readonly id: string
  readonly token: string
}

/** Somebody in a relation, and the records she stands in it to, made when first asked for. */
interface Standing {
  readonly who: Member | undefined
  readonly relation: Relation
  report?: string
  translation?: string
  case?: string
  request?: string
}

/** City and county with the whole program before them, and requests as anybody. */
export class World {
  readonly towns: Towns
  readonly roles: readonly string[]
  readonly #app: ReturnType<typeof application>
  /** The first page each route showed to anybody, for looking at it once more. */
  readonly pages = new Map<string, string>()

  private constructor(towns: Towns, roles: readonly string[]) {
    this.towns = towns
    this.roles = roles
    const { tenants } = towns
    this.#app = application({
      tenants,
      log: silentLog,
      origin,
      sendsMail: false,
      trustedProxies: [],
      extraRoutes: [],
      first: { waiting: false },
    })
  }

  static async make(): Promise<World> {
    const towns = await foundTowns()
    const roles = await towns.at(async (tx) => [...(await modelInForce(tx)).roles.keys()], program)
    return new World(towns, roles)
  }

  /** The status of the answer to a request for this route by somebody with this role in this relation. */
  async ask(route: Route, role: string, relation: Relation): Promise<number> {
    const standing = await this.#standing(route, role, relation)
    const { who } = standing
    const path = await this.#address(route, standing)
    const answer = await this.#send(route.method, path, who, route.tokenFree ? '{}' : undefined)
    if (route.method === 'GET') await this.#keep(route, answer)
    return answer.status
  }

  readonly #standings = new Map<string, Promise<Standing>>()

  /** Looking changes nothing, so one person and her records serve for every page; a deed gets its own. */
  #standing(route: Route, role: string, relation: Relation): Promise<Standing> {
    if (relation === 'stranger') return Promise.resolve({ who: undefined, relation })
    const make = async (): Promise<Standing> => ({
      who: await this.#member(role, relation === 'other-town' ? this.towns.county : this.towns.city),
      relation,
    })
    if (route.method !== 'GET') return make()
    const name = `${role} ${relation}`
    const found = this.#standings.get(name) ?? make()
    this.#standings.set(name, found)
    return found
  }

  /** The status of the answer to a request for this very path. */
  async send(method: string, path: string, who: Member): Promise<number> {
    return (await this.#send(method, path, who)).status
  }

  /** A form carries its proof that it came from a page of ours. */
  async #send(method: string, path: string, who: Member | undefined, body?: string): Promise<Response> {
    const cookie = who ? `b-lindenau=${who.token}` : ''
    if (method === 'GET') return this.#app.request(origin + path, { headers: { cookie } })
    const secret = this.towns.tenants.installation.derive('form-token')
    const token = formToken(secret, who?.token ?? 'visitor', 'form', this.towns.clock.now)
    const sent = body ?? new URLSearchParams({ [hiddenFields.token]: token })
    return this.#app.request(origin + path, { method: 'POST', headers: { cookie, origin }, body: sent })
  }

  async #keep({ path }: Route, answer: Response): Promise<void> {
    if (answer.status !== 200 || this.pages.has(path)) return
    if (answer.headers.get('content-type')?.startsWith('text/html')) this.pages.set(path, await answer.text())
  }

  /** The body of a page as this person gets it. */
  async read(path: string, who: Member): Promise<string> {
    const answer = await this.#app.request(origin + path, { headers: { cookie: `b-lindenau=${who.token}` } })
    return `${answer.status} ${await answer.text()}`
  }

  member(role: string): Promise<Member> {
    return this.#member(role, this.towns.city)
  }

  async #member(role: string, municipality: number): Promise<Member> {
    return this.towns.tenants.inTenant({ municipality, who: program }, async (tx) => {
      const id = crypto.randomUUID()
      await tx.db.insertInto('auth.person').values({ id, name: role, mail: null }).execute()
      await tx.db
        .insertInto('auth.appointment')
        .values({ id: crypto.randomUUID(), person_id: id, role, from_on: '2020-01-01' })
        .execute()
      return { id, token: (await startSession(tx, id)).token }
    })
  }

  /** Fills the route's places: a report or case to which the person stands in the wanted relation. */
  async #address(route: Route, standing: Standing): Promise<string> {
    const { who, relation } = standing
    let path = route.path
      .replace(':town', 'lindenau')
      .replace('schreiben/:kind', 'schreiben/summary')
      .replace(':token', 'nothing')
      .replace(':proposal', crypto.randomUUID())
    if (path.includes(':report'))
      path = path.replace(
        ':report',
        (standing.report ??= await this.#relate(await this.#report(who, relation), who, relation)),
      )
    if (path.includes(':translation'))
      path = path.replace(':translation', (standing.translation ??= await this.#translation(who, relation)))
    if (path.includes(':case'))
      path = path.replace(':case', (standing.case ??= await this.#relate(await this.#case(), who, relation)))
    if (path.includes(':request'))
      path = path.replace(':request', (standing.request ??= await this.#request(who, relation)))
    if (path.includes(':guest')) path = path.replace(':guest', await visitTo(this.towns, who?.id, relation))
    if (path.includes(':gathering'))
      path = path.replace(':gathering', await this.#gathering(path.includes('verwalten') ? 'id' : 'slug'))
    return path.replaceAll(/:\w+/g, crypto.randomUUID())
  }

  #report(who: Member | undefined, relation: Relation): Promise<string> {
    const report = newReport.parse({ observed: 'Streit am Brunnen', area: 'altstadt', channel: 'phone' })
    const by = relation === 'own' && who ? { kind: 'person' as const, id: who.id, reach: ['own'] } : program
    return this.towns.at(async (tx) => (await receiveReport(tx, report)).id, by)
  }

  /** A text to be translated: `granted` is the interpreter who was asked for it. */
  async #translation(who: Member | undefined, relation: Relation): Promise<string> {
    const report = await this.#relate(
      await this.#report(undefined, 'none'),
      who,
      relation === 'granted' ? 'none' : relation,
    )
    return this.towns.at(async (tx) => {
      const id = crypto.randomUUID()
      const row = await tx.db
        .selectFrom('intake.report')
        .select('content_key')
        .where('id', '=', report)
        .executeTakeFirstOrThrow()
      const key = await livingKey(tx, row.content_key)
      const asked = relation === 'granted' || relation === 'expired' || relation === 'excluded'
      await tx.db
        .insertInto('intake.translation')
        .values({
          id,
          report_id: report,
          message_id: null,
          content_key: key.id,
          language: 'tr',
          source: tx.keys.seal(key, { table: 'intake.translation', column: 'source', row: id }, 'Kavga'),
          text: null,
          interpreter: asked && who ? who.id : null,
          asked_on: '2020-01-01',
          until_on: relation === 'expired' ? yesterday(this.towns) : '2100-01-01',
          done_on: null,
        })
        .execute()
      return id
    }, program)
  }

  /** A request for inspection of a case, laid before those who decide; the relation is that to the case. */
  async #request(who: Member | undefined, relation: Relation): Promise<string> {
    const about = await this.#relate(await this.#case(), who, relation)
    const by = {
      kind: 'person' as const,
      id: (await this.#member('coordination', this.towns.city)).id,
      reach: ['reports', 'contacts', 'cases', 'inspection'],
    }
    return this.towns.at(async (tx) => {
      const asked = { basis: 'council' as const, asker: 'Ratsmitglied', wants: 'Die Akte', receivedOn: '2026-11-20' }
      const id = await noteRequest(tx, asked, { cases: [about], reports: [] })
      await proposeExtract(tx, id, {})
      return id
    }, by)
  }

  #announced: Promise<{ id: string; slug: string }> | undefined

  /** One announced gathering for all: its id for those who run it, its public name for everybody else. */
  async #gathering(by: 'id' | 'slug'): Promise<string> {
    this.#announced ??= this.towns.at(async (tx) => {
      const day = new Date(tx.now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10)
      const id = await planGathering(tx, { ...conference, day, deadline: day })
      await announce(tx, id)
      return tx.db
        .selectFrom('gatherings.gathering')
        .select(['id', 'slug'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    }, program)
    return (await this.#announced)[by]
  }

  #case(): Promise<string> {
    return this.towns.at(async (tx) => {
      const model = await modelInForce(tx)
      return openCase(tx, {
        matter: 'Streit am Brunnen',
        area: 'altstadt',
        subject: 'noise',
        at: stepOfKind(model, 'assess').id,
        modelVersion: model.versionId,
      })
    }, program)
  }

  async #relate(record: string, who: Member | undefined, relation: Relation): Promise<string> {
    if (!who) return record
    const giver = {
      kind: 'person' as const,
      id: (await this.#member('coordination', this.towns.city)).id,
      reach: ['reports', 'cases'],
    }
    if (relation === 'granted')
      await this.towns.at((tx) => grant(tx, { record, person: who.id, role: 'handler' }), giver)
    if (relation === 'expired')
      await this.towns.at(
        (tx) =>
          grant(tx, { record, person: who.id, role: 'handler', from: '2020-01-01', until: yesterday(this.towns) }),
        giver,
      )
    if (relation === 'excluded') await this.towns.at((tx) => bar(tx, record, [who.id]), program)
    if (relation === 'deputy') await this.#deputise(who.id, giver.id)
    return record
  }

  /** She stands in for a coordinator who is away from today on. */
  #deputise(deputy: string, person: string): Promise<unknown> {
    return this.towns.at(
      (tx) =>
        tx.db
          .insertInto('auth.absence')
          .values({
            id: crypto.randomUUID(),
            person_id: person,
            deputy_id: deputy,
            from_on: '2020-01-01',
            until_on: null,
            set_by: person,
          })
          .execute(),
      program,
    )
  }
}

/** Addresses that name a record have every relation; the others only those that can make a difference. */
export const relationsOf = ({ path }: Route): readonly Relation[] =>
  path.includes(':guest')
    ? ['none', 'guest', 'expired', 'other-town', 'stranger']
    : /:(report|case|request|translation)/.test(path)
      ? relations.filter((relation) => relation !== 'guest')
      : ['none', 'other-town', 'stranger']
