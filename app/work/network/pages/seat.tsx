import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Card, Lead } from '#ui/index.ts'
import { announcedAs, publicGatherings } from '#work/gatherings/index.ts'
import { publicWords } from '../words.ts'

export type Town = Awaited<ReturnType<Visit['towns']>>[number]

/** So many gatherings of the network stand on a page. */
const shown = 3

/** The state's coordination, which speaks for the network; undefined where none is in the directory. */
export const seatOf = (towns: readonly Town[]): Town | undefined => towns.find(({ kind }) => kind === 'state')

async function seat(visit: Visit): Promise<Town> {
  const found = seatOf(await visit.towns())
  if (!found) throw new NotAllowed('network', { hidden: true })
  return found
}

/** `/netzwerk/newsletter`: its own newsletter, with its own readers, proofs and people who may write it. */
export const newsletter = async (visit: Visit): Promise<Response> => redirect(addresses.newsletter(await seat(visit)))

/** `/netzwerk/veranstaltungen` */
export const gatherings = async (visit: Visit): Promise<Response> => redirect(addresses.gatherings(await seat(visit)))

/** `/netzwerk`: who speaks for the network, what it invites to, and how one hears of it. */
export async function get(visit: Visit): Promise<View> {
  const office = await seat(visit)
  const next = await nextOf(visit, office)
  const t = publicWords(visit.language)
  return {
    layout: 'plain',
    title: t('network.title'),
    body: (
      <>
        <Lead>{t('network.about', { office: `\u2068${office.name}\u2069` })}</Lead>
        <Invitations visit={visit} seat={office} next={next} />
        <Card title={t('network.newsletter')}>
          <p>{t('network.newsletter.about')}</p>
          <ButtonLink href={addresses.networkNewsletter}>{t('network.newsletter.button')}</ButtonLink>
        </Card>
        <p>
          <a href={addresses.imprint(office)}>{t('network.imprint')}</a> ·{' '}
          <a href={addresses.privacy(office)}>{t('network.privacy')}</a> ·{' '}
          <a href={addresses.accessibility(office)}>{t('network.accessibility')}</a>
        </p>
      </>
    ),
  }
}

/** The next gatherings anybody may come to. */
export const nextOf = (visit: Visit, office: Town) =>
  visit.publicAt(office, async (tx) => {
    const rows = await publicGatherings(tx, berlinDay(visit.now))
    const announced = rows.filter(({ state }) => state === 'announced')
    return announced.slice(0, shown).map((row) => announcedAs(row, visit.language))
  })

export interface InvitationsProps {
  readonly visit: Visit
  readonly seat: Town
  readonly next: Awaited<ReturnType<typeof nextOf>>
}

/** The next gatherings of the network, and the way to all of them. */
export function Invitations({ visit, seat: office, next }: InvitationsProps) {
  const t = publicWords(visit.language)
  return (
    <Card title={t('network.next')}>
      {next.length === 0 && <p>{t('network.none')}</p>}
      <ul class="plain">
        {next.map(({ slug, title, when }) => (
          <li>
            <a href={addresses.gathering(office, slug)}>
              <bdi>{title}</bdi>
            </a>{' '}
            <span class="quiet">{when}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href={addresses.networkGatherings}>{t('network.gatherings')}</a>
      </p>
    </Card>
  )
}
