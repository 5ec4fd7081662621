import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/config/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { page, PublicLayout } from '#ui/index.ts'
import { PublicPieces } from './public.tsx'
import { StaffPieces } from './staff.tsx'
import { arabic, german } from './texts.ts'

const address = '/dev/bausteine'
const title = 'Bausteine'

/** Every piece in every state, for looking at and for the tests. */
export const Pieces = ({ rtl }: { rtl: boolean }) => (
  <>
    <p>
      <a href={address}>hell oder wie das Gerät</a> · <a href={`${address}?farben=dunkel`}>dunkel</a> ·{' '}
      <a href={`${address}?richtung=rtl`}>von rechts nach links</a> ·{' '}
      <a href={`${address}?richtung=rtl&farben=dunkel`}>beides</a>
    </p>
    <PublicPieces samples={rtl ? arabic : german} />
    <div lang="de">
      <StaffPieces />
    </div>
  </>
)

/** `/dev/bausteine`; `?richtung=rtl` in Arabic, `?farben=dunkel` dark whatever the device wishes. */
export function piecesPage(visit: Visit): Response {
  const rtl = visit.url.searchParams.get('richtung') === 'rtl'
  const dark = visit.url.searchParams.get('farben') === 'dunkel'
  const language = rtl ? 'ar' : 'de'
  const body = (
    <PublicLayout language={language} here={address} title={title}>
      <Pieces rtl={rtl} />
    </PublicLayout>
  )
  return new Response(page({ language, title, colours: dark ? `${address}/dunkel.css` : undefined }, body), {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

/** The dark tokens without their condition. */
export function darkCss(): Response {
  const tokens = readFileSync(join(root, 'app/ui/styles/tokens.css'), 'utf8')
  const dark = /@media \(prefers-color-scheme: dark\) \{\s*(:root \{[^}]*\})/.exec(tokens)?.[1] ?? ''
  return new Response(`${dark}\n:root { color-scheme: dark }\n`, {
    headers: { 'content-type': 'text/css; charset=utf-8' },
  })
}
