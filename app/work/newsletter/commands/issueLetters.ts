import type { Language } from '#platform/i18n/index.ts'
import type { Picture, Written, WriteLetters } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import * as addresses from '#app/addresses.ts'
import { ownToken } from '../links.ts'
import { render, type Edition, type Rendered } from '../render/mail.ts'
import { issueById, type Issue } from '../queries/issues.ts'
import { languageOf, lookupOf, townOf } from './confirmLetters.ts'
import { cidOf, picturesFor, picturesIn } from './pictures.ts'
import { placeOfAddress } from './subscribe.ts'

/** The last few editions, so that twenty thousand letters are rendered once a language. */
const rendered = new Map<string, Rendered>()

function renderedOnce(key: string, edition: () => Edition, reader: Language): Rendered {
  const found = rendered.get(key) ?? render(edition(), reader)
  if (rendered.size > 40) rendered.clear()
  rendered.set(key, found)
  return found
}

/** The pictures of the issues that leave just now, so that they are read once and not for every dozen. */
const pictured = new Map<string, Picture[]>()

async function picturesOnce(tx: TenantTx, issue: Issue | undefined): Promise<readonly Picture[]> {
  if (!issue || picturesIn(issue.blocks).length === 0) return []
  const key = `${issue.id} ${issue.version}`
  const found = pictured.get(key) ?? (await picturesFor(tx, issue.id))
  if (pictured.size > 4) pictured.clear()
  pictured.set(key, found)
  return found
}

export const thingOf = (issue: string, subscriber: string) => `issue:${issue}:${subscriber}`
const partsOf = (thing: string | null) => {
  const [, issue = '', subscriber = ''] = thing?.split(':') ?? []
  return { issue, subscriber }
}

/** Those of these subscribers who are subscribed still, with the keys of their addresses, in two round trips. */
async function readersOf(tx: TenantTx, ids: readonly string[]) {
  const rows = await tx.db
    .selectFrom('newsletter.subscriber as s')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 's.municipality_id').onRef('k.id', '=', 's.key_id'),
    )
    .select(['s.id', 's.address', 's.language', 'k.id as key_id', 'k.class', 'k.wrapped'])
    .where('s.state', '=', 'confirmed')
    .where((eb) => eb('s.id', '=', eb.fn.any(eb.val([...ids]))))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export function editionOf(
  issue: Pick<Issue, 'subject' | 'language' | 'blocks' | 'number'>,
  town: { slug: string; name: string },
  origin: string,
): Edition {
  return {
    subject: issue.subject,
    language: languageOf(issue.language),
    blocks: issue.blocks,
    town: town.name,
    web: issue.number === null ? undefined : origin + addresses.newsletterIssue(town.slug, issue.number),
    imprint: origin + addresses.imprint(town.slug),
    picture: (id) => `cid:${cidOf(id)}`,
  }
}

/** What every mail of an issue carries beside its text (RFC 8058, 2369, 2919). */
export function listHeaders(
  town: { slug: string; name: string },
  origin: string,
  leave: string,
): Record<string, string> {
  const { hostname } = new URL(origin)
  const page = `<${origin}${addresses.newsletter(town.slug)}>`
  return {
    'List-Id': `<newsletter.${town.slug}.${hostname}>`,
    'List-Unsubscribe': `<${leave}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Help': page,
    'List-Archive': page,
    'List-Owner': `<${origin}${addresses.imprint(town.slug)}>`,
    'List-Post': 'NO',
  }
}

/** Writes an issue for some dozen readers. Whoever left since it was queued gets none; while it is paused, nobody. */
export const issueLetters: WriteLetters = async (tx, abouts, origin) => {
  const parts = abouts.map(({ thing }) => partsOf(thing))
  const readers = await readersOf(
    tx,
    parts.map(({ subscriber }) => subscriber),
  )
  const town = await townOf(tx)
  const issues = new Map<string, Issue | undefined>()
  const pictures = new Map<string, readonly Picture[]>()
  for (const { issue } of parts) {
    if (issues.has(issue)) continue
    issues.set(issue, await issueById(tx, issue))
    pictures.set(issue, await picturesOnce(tx, issues.get(issue)))
  }
  return parts.map(({ issue: id, subscriber }): Written | 'hold' | undefined => {
    const [issue, reader] = [issues.get(id), readers.get(subscriber)]
    if (issue?.state === 'paused') return 'hold'
    if (!issue || issue.state === 'stopped' || !reader) return undefined
    const key = tx.keys.open({ id: reader.key_id, class: reader.class, wrapped: reader.wrapped })
    const to = tx.keys.reveal(key, placeOfAddress(reader.id), reader.address)
    const token = ownToken(lookupOf(tx), reader.id)
    const leave = origin + addresses.newsletterLeave(town.slug, token)
    const own = { settings: origin + addresses.newsletterOwn(town.slug, token), leave }
    const language = languageOf(reader.language)
    const edition = renderedOnce(
      `${id} ${issue.version} ${language} ${origin}`,
      () => editionOf(issue, town, origin),
      language,
    )
    return {
      to,
      subject: issue.subject,
      html: edition.html(own),
      text: edition.text(own),
      pictures: pictures.get(id) ?? [],
      headers: listHeaders(town, origin, leave),
      leave: reader.id,
    }
  })
}
