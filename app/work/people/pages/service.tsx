import { deviceOf, ServiceRefused, startSession, type Arrival } from '#platform/auth/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Lead } from '#ui/index.ts'
import { arrive } from '../commands/arrive.ts'
import { words } from '../words.ts'

const t = words('de')
const program = { kind: 'program', name: 'sign-in' } as const
const minutes = 10 * 60
const cookie = (visit: Visit) => `s-${visit.town.slug}`
const backOf = (visit: Visit) => visit.origin + addresses.signInService(visit.town, 'zurueck')

function serviceOf(visit: Visit) {
  if (!visit.signInService) throw new NotAllowed('sign-in service', { hidden: true })
  return visit.signInService
}

/** `/{town}/anmelden/dienst`: on to the administration's own sign-in service. */
export async function begin(visit: Visit): Promise<Response | View> {
  try {
    const { to, kept } = await serviceOf(visit).begin(
      visit.secret('sign-in-service'),
      visit.town.slug,
      backOf(visit),
      visit.now,
    )
    visit.setCookie(cookie(visit), kept, minutes)
    return redirect(to)
  } catch (error) {
    return refused(visit, error)
  }
}

/** `/{town}/anmelden/dienst/zurueck`: back from there. */
export async function back(visit: Visit): Promise<Response | View> {
  const service = serviceOf(visit)
  const kept = visit.cookie(cookie(visit)) ?? ''
  visit.setCookie(cookie(visit), undefined)
  let arrival: Arrival
  try {
    const url = new URL(backOf(visit) + visit.url.search)
    arrival = await service.finish(visit.secret('sign-in-service'), visit.town.slug, url, kept, visit.now)
  } catch (error) {
    return refused(visit, error)
  }
  const session = await visit.txAs(program, async (tx) => {
    const person = await arrive(tx, arrival)
    return person && startSession(tx, person, deviceOf(visit.request.headers.get('user-agent')))
  })
  if (!session) return answer(visit, t('service.not-admitted'), 403)
  const seconds = Math.round((session.expires.getTime() - visit.now.getTime()) / 1000)
  visit.setCookie(`b-${visit.town.slug}`, session.token, seconds)
  return redirect(addresses.today(visit.town))
}

function refused(visit: Visit, error: unknown): View {
  if (!(error instanceof ServiceRefused)) throw error
  return answer(visit, t('service.refused'), 502)
}

const answer = (visit: Visit, text: string, status: number): View => ({
  layout: 'public',
  german: true,
  title: t('service.title'),
  status,
  body: (
    <>
      <Lead>{text}</Lead>
      <ButtonLink href={addresses.signIn(visit.town)}>{t('service.again')}</ButtonLink>
    </>
  ),
})
