import type { Child } from 'hono/jsx'
import { reviewed } from '#platform/i18n/index.ts'
import type { Trouble, View, Visit } from '#platform/web/index.ts'
import { ButtonLink, frameWords, page, PublicLayout, staffWords, StaffLayout, type NavigationGroup } from '#ui/index.ts'
import * as addresses from './addresses.ts'
import { slices } from './slices.ts'

const html = (text: string, status: number, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })

const signOf = ({ town }: Visit, href: string) => ({
  name: town.name,
  href,
  arms: town.arms ? addresses.arms(town, town.arms) : undefined,
})

/** The accent of the town, where the address names one. */
const coloursOf = ({ layout }: View, visit: Visit) =>
  layout !== 'plain' && visit.town.accent ? addresses.colours(visit.town, visit.town.accent) : undefined

const groups = ['work', 'learn', 'set-up'] as const

/** The navigation of one person: only what her roles need. */
function navigationFor(visit: Visit, at: string | undefined): NavigationGroup[] {
  const entries = slices
    .flatMap((slice) => slice.navigation ?? [])
    .filter(({ verbs }) => verbs.length === 0 || verbs.some((verb) => visit.mayElsewhere(verb)))
    .toSorted((a, b) => a.order - b.order)
  return groups.map((id) => ({
    id,
    entries: entries
      .filter(({ group }) => group === id)
      .map(({ label, href }) => ({
        label,
        href: href(visit.town.slug),
        current: href(visit.town.slug) === (at ?? visit.url.pathname),
      })),
  }))
}

const linksOf = (visit: Visit) => ({
  imprint: addresses.imprint(visit.town),
  privacy: addresses.privacy(visit.town),
  accessibility: addresses.accessibility(visit.town),
  easy: addresses.easyLanguage(visit.town),
})

/** The way back; whoever holds a single record comes from Heute, not from the lists. */
function backOf({ back }: View, { person, town }: Visit): string | undefined {
  const lists = [addresses.inbox(town), addresses.cases(town)]
  return person?.elsewhere && back && lists.includes(back) ? addresses.today(town) : back
}

function staff(view: View, visit: Visit): Child {
  const { person } = visit
  if (!person) return publicly(view, visit)
  return (
    <StaffLayout
      town={signOf(visit, addresses.today(visit.town))}
      person={{
        name: person.name,
        access: addresses.ownAccess(visit.town),
        signOut: addresses.signOut(visit.town),
        token: visit.token,
      }}
      search={addresses.search(visit.town)}
      navigation={navigationFor(visit, view.at)}
      back={backOf(view, visit)}
      title={view.heading ?? view.title}
    >
      {view.body}
    </StaffLayout>
  )
}

const here = (visit: Partial<Visit>) => visit.url?.pathname ?? '/'

const languageOf = (view: View, visit: Visit) => (view.german || view.layout === 'staff' ? 'de' : visit.language)

const publicly = (view: View, visit: Visit): Child => (
  <PublicLayout
    language={languageOf(view, visit)}
    town={signOf(visit, addresses.town(visit.town))}
    links={linksOf(visit)}
    exit={addresses.leave(visit.town)}
    back={view.back}
    step={view.step}
    here={here(visit)}
    title={view.heading ?? view.title}
  >
    {view.body}
    {!reviewed('intake', languageOf(view, visit)) && <p class="quiet">{frameWords(visit.language)('unreviewed')}</p>}
  </PublicLayout>
)

const plain = (language: Visit['language'], at: string, title: string, body: Child): Child => (
  <PublicLayout language={language} here={at} title={title}>
    {body}
  </PublicLayout>
)

/** Puts layout, navigation and words around what a page made. */
export function renderView(view: View, visit: Visit): Response {
  const body =
    view.layout === 'staff'
      ? staff(view, visit)
      : view.layout === 'public'
        ? publicly(view, visit)
        : plain(visit.language, here(visit), view.title, view.body)
  const language = languageOf(view, visit)
  const title = view.discreet ? visit.town.name : view.title
  const text = page({ language, title, error: view.error, colours: coloursOf(view, visit) }, body)
  return html(text, view.status ?? 200, view.refresh ? { refresh: String(view.refresh) } : {})
}

const statuses: Record<Trouble['kind'], number> = {
  'not-found': 404,
  'not-allowed': 403,
  'sign-in': 401,
  'outdated-form': 409,
  'too-large': 413,
  fault: 500,
  'database-gone': 503,
  'not-set-up': 503,
}

/** A calm page: what happened, what to do now, and the number under which the log knows it. */
export function renderTrouble({ kind, number }: Trouble, visit: Partial<Visit>): Response {
  const language = visit.language ?? 'de'
  const t = frameWords(language)
  const slug = visit.params?.town
  const body = (
    <>
      <p class="lead">{t(`${kind}.text`)}</p>
      {number && <p>{t('fault.number', { number })}</p>}
      {(kind === 'not-allowed' || kind === 'not-found') && slug && visit.person && (
        <ButtonLink href={addresses.today(slug)}>{staffWords('de')('to-today')}</ButtonLink>
      )}
      {kind === 'sign-in' && slug && (
        <ButtonLink href={addresses.signIn(slug)}>{staffWords('de')('to-sign-in')}</ButtonLink>
      )}
    </>
  )
  const headers: Record<string, string> = kind === 'database-gone' ? { 'retry-after': '30' } : {}
  return html(
    page({ language, title: t(`${kind}.title`) }, plain(language, here(visit), t(`${kind}.title`), body)),
    statuses[kind],
    headers,
  )
}
