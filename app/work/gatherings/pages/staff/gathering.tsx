import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Card, ConfirmLine, Form, Lead, MoreDetails, Notice, SummaryList } from '#ui/index.ts'
import { emptyForm } from '#platform/forms/index.ts'
import { whatIsMissing } from '../../announcing.ts'
import { announce, cancelGathering, publishResults } from '../../commands/plan.ts'
import { filesOf } from '../../commands/files.ts'
import { askForRoom } from '../../commands/room.ts'
import { rulesOf } from '../../commands/reminders.ts'
import { whenOf } from '../../commands/store.ts'
import { overview, type Overview } from '../../queries.ts'
import { endsAt, momentOf } from '../../rules.ts'
import { isPersonal } from '../../schema.ts'
import { whenText, whereText } from '../../sentences.ts'
import { publicWords, words } from '../../words.ts'
import { gatheringOf, partOf } from './frame.tsx'

const t = words('de')

interface Shown extends Overview {
  readonly linkAt: Date | undefined
  readonly files: number
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    const rule = (await rulesOf(tx, row.id)).find(({ letter }) => letter === 'link')
    const files = (await filesOf(tx, row.id)).length
    return { ...(await overview(tx, row)), files, linkAt: rule && momentOf(rule, whenOf(row)) }
  })

/** `/{town}/veranstaltungen/verwalten/{gathering}`: how it stands and the next step. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit))

export async function post(visit: Visit): Promise<Response | View> {
  const { row } = await load(visit)
  const form = await visit.form()
  await visit.tx(async (tx) => {
    if (form.do === 'announce') await announce(tx, row.id)
    if (form.do === 'cancel' && form.sure === 'yes') await cancelGathering(tx, row.id)
    if (form.do === 'publish') await publishResults(tx, row.id)
    if (form.do === 'room') await askForRoom(tx, row.id)
  })
  return redirect(addresses.manageGatherings(visit.town, row.id))
}

function view(visit: Visit, shown: Shown): View {
  const { row } = shown
  return {
    ...partOf(visit, row.id, { title: row.title, body: null }),
    back: addresses.manageGatherings(visit.town),
    body: (
      <>
        <Lead>{standing(visit, shown)}</Lead>
        <NextStep visit={visit} shown={shown} />
        <Room visit={visit} shown={shown} />
        <SummaryList rows={facts(visit, shown)} />
        <Parts visit={visit} shown={shown} />
        {row.state === 'announced' && !over(visit, shown) && <Cancel visit={visit} shown={shown} />}
      </>
    ),
  }
}

const over = (visit: Visit, { row }: Shown) => visit.now >= endsAt(whenOf(row))

function standing(visit: Visit, shown: Shown): string {
  const { row, confirmed, waiting, attended } = shown
  if (row.state === 'draft') return t('standing.draft')
  if (row.state === 'cancelled') return t('standing.cancelled')
  if (over(visit, shown)) return t('standing.over', { attended, confirmed })
  return t('standing.announced', { confirmed, waiting })
}

function NextStep({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { row } = shown
  const here = addresses.manageGatherings(visit.town, row.id)
  const missing = whatIsMissing(row, visit.now)
  if (row.state === 'draft')
    return (
      <Card title={t('next')} next>
        {missing.length > 0 ? (
          missing.map((what) => (
            <Notice kind="waiting">
              {t(`missing.${what}`)}{' '}
              <a href={addresses.manageGatherings(visit.town, row.id, 'angaben')}>{t('part.angaben')}</a>
            </Notice>
          ))
        ) : (
          <Form action={here} token={visit.token}>
            <p>{t('announce.about')}</p>
            <Button name="do" value="announce">
              {t('announce.button')}
            </Button>
          </Form>
        )}
      </Card>
    )
  if (row.state === 'announced' && row.on_day === berlinDay(visit.now) && !over(visit, shown))
    return (
      <Card title={t('next')} next>
        <ButtonLink href={addresses.manageGatherings(visit.town, row.id, 'einlass')}>{t('part.einlass')}</ButtonLink>
      </Card>
    )
  return row.state === 'announced' && over(visit, shown) && !row.published_on ? (
    <Publish visit={visit} shown={shown} />
  ) : null
}

/** Why there is no room yet, and the way in for whoever moderates. */
function Room({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { row } = shown
  if (row.state !== 'announced' || over(visit, shown)) return null
  return (
    <>
      {row.room_trouble && (
        <Card title={t('room.title')}>
          <p>{t(`trouble.${row.room_trouble}`)}</p>
          <Form action={addresses.manageGatherings(visit.town, row.id)} token={visit.token}>
            <Button name="do" value="room" look="secondary">
              {t('room.again')}
            </Button>
          </Form>
        </Card>
      )}
      {isPersonal(row.online) && (
        <p>
          <a href={addresses.manageGatherings(visit.town, row.id, 'raum')}>{t('room.moderate')}</a>
        </p>
      )}
    </>
  )
}

function Publish({ visit, shown: { row, files } }: { visit: Visit; shown: Shown }) {
  const ready = row.proceedings !== null || row.materials.length > 0 || files > 0
  return (
    <Card title={t('next')} next>
      <p>{t(ready ? 'publish.about' : 'publish.nothing')}</p>
      {ready ? (
        <Form action={addresses.manageGatherings(visit.town, row.id)} token={visit.token}>
          <Button name="do" value="publish">
            {t('publish.button')}
          </Button>
        </Form>
      ) : (
        <ButtonLink href={addresses.manageGatherings(visit.town, row.id, 'ergebnisse')}>
          {t('part.ergebnisse')}
        </ButtonLink>
      )}
    </Card>
  )
}

function facts(visit: Visit, { row, linkAt, confirmed, offered, waiting }: Shown) {
  const { day, dateTime } = formats('de')
  const change = (step: string) => ({
    href: addresses.manageGatherings(visit.town, row.id, step),
    label: t('change'),
  })
  return [
    { label: t('fact.kind'), value: publicWords('de')(`kind.${row.kind}`), change: change('angaben') },
    { label: t('fact.when'), value: whenText(row, 'de') },
    { label: t('fact.where'), value: whereText(row, 'de') },
    {
      label: t('fact.deadline'),
      value: publicWords('de')('deadline.until', { day: formats('de').dayWithWeekday(row.deadline) }),
    },
    {
      label: t('fact.places'),
      value:
        row.places === null
          ? t('fact.places.open', { confirmed })
          : t('fact.places.of', { confirmed, offered, waiting, places: row.places }),
    },
    ...(linkAt
      ? [{ label: t(row.online ? 'fact.link' : 'fact.reminder'), value: dateTime(linkAt), change: change('mails') }]
      : []),
    { label: t('fact.delete'), value: day(row.delete_on) },
    ...(row.state === 'draft'
      ? []
      : [
          {
            label: t('fact.page'),
            value: (
              <a href={addresses.gathering(visit.town, row.slug)}>
                {visit.origin + addresses.gathering(visit.town, row.slug)}
              </a>
            ),
          },
        ]),
  ]
}

const parts = [
  'programm',
  'fragen',
  'termine',
  'teilnehmende',
  'einlass',
  'bedarfe',
  'mails',
  'rueckmeldungen',
  'ergebnisse',
  'unterlagen',
] as const

const Parts = ({ visit, shown: { row } }: { visit: Visit; shown: Shown }) => (
  <>
    <h2>{t('parts')}</h2>
    <ul>
      {parts.map((part) => (
        <li>
          <a href={addresses.manageGatherings(visit.town, row.id, part)}>{t(`part.${part}`)}</a>
        </li>
      ))}
    </ul>
  </>
)

const Cancel = ({ visit, shown: { row, confirmed, waiting, offered } }: { visit: Visit; shown: Shown }) => (
  <MoreDetails title={t('cancel.title')}>
    <Form action={addresses.manageGatherings(visit.town, row.id)} token={visit.token}>
      <p>{t('cancel.about', { count: confirmed + waiting + offered })}</p>
      <ConfirmLine name="sure" label={t('cancel.sure')} form={emptyForm()} />
      <Button name="do" value="cancel" look="secondary">
        {t('cancel.button')}
      </Button>
    </Form>
  </MoreDetails>
)
