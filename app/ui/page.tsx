import type { Child, PropsWithChildren } from 'hono/jsx'
import { languageInfo, languages, type Language } from '#platform/i18n/index.ts'
import { assetUrl, hasAsset } from './assets.ts'
import { Speaking } from './language.tsx'
import { frameWords, staffWords } from './words.ts'

export interface PageOptions {
  readonly language: Language
  readonly title: string
  /** Something has to be mended: said first in the title. */
  readonly error?: boolean
  /** A second style sheet with the municipality's own accent. */
  readonly colours?: string
}

/** A whole document, doctype included. */
export function page({ language, title, error, colours }: PageOptions, body: Child): string {
  const { lang, dir } = languageInfo(language)
  const t = frameWords(language)
  const html = (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <title>{error ? t('error.prefix', { title }) : title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        {/* Without it browsers ask for /favicon.ico on every visit and log what is missing. */}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assetUrl('styles.css')} />
        {colours && <link rel="stylesheet" href={colours} />}
        {hasAsset('elements.js') && <script src={assetUrl('elements.js')} defer />}
      </head>
      <body>
        <Speaking language={language}>{body}</Speaking>
      </body>
    </html>
  )
  return `<!doctype html>${String(html)}`
}

export interface Links {
  readonly imprint: string
  readonly privacy: string
  readonly accessibility: string
  readonly easy: string
}

/** The municipality as it stands at the top: its name, where that leads, and its coat of arms if it gave one. */
export interface TownSign {
  readonly name: string
  readonly href: string
  /** Address of a picture on this host. */
  readonly arms?: string
}

export interface PublicFrame {
  readonly language: Language
  readonly town?: TownSign
  readonly links?: Links
  readonly exit?: string
  readonly back?: string
  readonly step?: readonly [number, number]
  /** The address of this page, for the choice of language. */
  readonly here: string
  readonly title: string
}

const inLanguage = (here: string, id: Language) => `${here}${here.includes('?') ? '&' : '?'}sprache=${id}`

function LanguageChoice({ language, here }: { language: Language; here: string }) {
  return (
    <nav class="languages-nav" aria-label={frameWords(language)('languages')}>
      <ul class="languages">
        {languages.map(({ id, lang, dir, name }) => (
          <li>
            <a
              href={inLanguage(here, id)}
              lang={lang}
              dir={dir}
              hreflang={lang}
              aria-current={id === language ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const Town = ({ name, href, arms }: TownSign) => (
  <a class={arms ? 'town with-arms' : 'town'} href={href}>
    {arms && <img src={arms} alt="" width="32" height="40" />}
    <span lang="de" dir="ltr">
      {name}
    </span>
  </a>
)

function PublicHead({ language, town, exit, here }: Pick<PublicFrame, 'language' | 'town' | 'exit' | 'here'>) {
  return (
    <header class="public-head">
      <div>
        {town && <Town {...town} />}
        {exit && (
          <quick-exit>
            <a class="exit" href={exit} rel="noreferrer">
              {frameWords(language)('exit')}
            </a>
          </quick-exit>
        )}
        <LanguageChoice language={language} here={here} />
      </div>
    </header>
  )
}

const Foot = ({ language, links }: { language: Language; links: Links }) => (
  <footer class="public-foot">
    <div>
      <ul>
        {(['imprint', 'privacy', 'accessibility', 'easy'] as const).map((name) => (
          <li>
            <a href={links[name]}>{frameWords(language)(name)}</a>
          </li>
        ))}
      </ul>
    </div>
  </footer>
)

const Skip = ({ language }: { language: Language }) => (
  <a class="skip" href="#inhalt">
    {frameWords(language)('skip')}
  </a>
)

const Back = ({ language, href }: { language: Language; href: string | undefined }) =>
  href ? (
    <a class="back" href={href}>
      {frameWords(language)('back')}
    </a>
  ) : null

/** One column; above it the municipality, the languages and the way out, and nothing else. */
export function PublicLayout({
  language,
  town,
  links,
  exit,
  back,
  step,
  here,
  title,
  children,
}: PropsWithChildren<PublicFrame>) {
  return (
    <>
      <Skip language={language} />
      <PublicHead language={language} town={town} exit={exit} here={here} />
      <main class="public-main" id="inhalt" tabindex={-1}>
        <Back language={language} href={back} />
        {step && <p class="step-line">{frameWords(language)('step', { step: step[0], of: step[1] })}</p>}
        <h1>{title}</h1>
        {children}
      </main>
      {links && <Foot language={language} links={links} />}
    </>
  )
}

export interface NavigationGroup {
  readonly id: 'work' | 'learn' | 'set-up'
  readonly entries: readonly { readonly label: string; readonly href: string; readonly current: boolean }[]
}

export interface StaffFrame {
  readonly town: TownSign
  /** Who is signed in; `access` leads to her own sessions and passkeys. */
  readonly person: { readonly name: string; readonly access?: string; readonly signOut: string; readonly token: string }
  readonly search: string
  readonly navigation: readonly NavigationGroup[]
  readonly back?: string
  readonly title: string
}

function StaffHead({ town, person, search }: Pick<StaffFrame, 'town' | 'person' | 'search'>) {
  const t = staffWords('de')
  return (
    <header class="staff-head">
      <div>
        <Town {...town} />
        <a class="to-menu" href="#menu">
          {t('nav.menu')}
        </a>
        <form method="get" action={search} role="search" class="search no-print">
          <label class="hidden-visually" for="suche">
            {t('search')}
          </label>
          <input id="suche" name="worte" type="search" autocomplete="off" />
          <button type="submit" class="secondary">
            {t('search.button')}
          </button>
        </form>
        <div class="person">
          {person.access ? <a href={person.access}>{person.name}</a> : <span>{person.name}</span>}
          <form method="post" action={person.signOut}>
            <input type="hidden" name="_token" value={person.token} />
            <button type="submit" class="quiet">
              {t('sign-out')}
            </button>
          </form>
        </div>
      </div>
    </header>
  )
}

/** Top bar and navigation; on a phone the navigation stands below the page, one tap on "Menü" away, without script. */
export const StaffLayout = ({
  town,
  person,
  search,
  navigation,
  back,
  title,
  children,
}: PropsWithChildren<StaffFrame>) => (
  <>
    <Skip language="de" />
    <StaffHead town={town} person={person} search={search} />
    <div class="staff-body">
      <main class="staff-main" id="inhalt" tabindex={-1}>
        <Back language="de" href={back} />
        <h1>{title}</h1>
        {children}
      </main>
      <div class="staff-nav">
        <Navigation groups={navigation} />
      </div>
    </div>
  </>
)

function Navigation({ groups }: { groups: readonly NavigationGroup[] }) {
  const t = staffWords('de')
  return (
    <nav id="menu" tabindex={-1} aria-label={t('nav.label')}>
      {groups
        .filter(({ entries }) => entries.length > 0)
        .map(({ id, entries }) => (
          <>
            <h2 id={`nav-${id}`}>{t(`nav.${id}`)}</h2>
            <ul aria-labelledby={`nav-${id}`}>
              {entries.map(({ label, href, current }) => (
                <li>
                  <a href={href} aria-current={current ? 'page' : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ))}
    </nav>
  )
}
