import { startSession } from '#platform/auth/index.ts'
import { get, open, post, redirect, type Route, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { darkCss, piecesPage } from './bausteine/index.tsx'
import type { MailCatcher } from './mail/catcher.ts'
import { asPage, everyTown } from './pages/as.tsx'
import { mailPage } from './pages/mail.tsx'

/** Sessions last as long as any other; only the way in is different. */
async function become(visit: Visit): Promise<Response> {
  const person = String((await visit.form()).person ?? '')
  const { token, expires } = await visit.txAs({ kind: 'program', name: 'demo' }, (tx) => startSession(tx, person))
  visit.setCookie(`b-${visit.town.slug}`, token, Math.round((expires.getTime() - visit.now.getTime()) / 1000))
  return redirect(addresses.today(visit.town))
}

/** What only the demo has: choosing a person, reading the mail, looking at the components. */
export function demoRoutes(mails: MailCatcher): Route[] {
  return [
    get('/dev/as', open, everyTown),
    get('/dev/as/:town', open, asPage),
    post('/dev/as/:town', open, become),
    get('/dev/bausteine', open, piecesPage),
    get('/dev/bausteine/dunkel.css', open, darkCss),
    get('/dev/mail', open, (visit) => mailPage(visit, mails)),
  ]
}
