import { makePdf, pdfResponse } from '#platform/pdf/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, EmptyState, Form, Lead } from '#ui/index.ts'
import { checkIn, undoCheckIn } from '../../commands/attendance.ts'
import { participants, type Participant } from '../../queries.ts'
import { whenText, whereText } from '../../sentences.ts'
import { words } from '../../words.ts'
import { gatheringOf, partOf } from './frame.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    return { row, all: (await participants(tx, row.id)).filter(({ state }) => state === 'confirmed') }
  })

/** What is compared when somebody at the door says a name. */
const plainly = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** `…/{gathering}/einlass`: a phone at the door; a tap per person, and one search field. */
export async function get(visit: Visit): Promise<View> {
  const { row, all } = await load(visit)
  const wanted = (visit.url.searchParams.get('name') ?? '').slice(0, 100)
  const found = all.filter(({ name }) => plainly(name).includes(plainly(wanted)))
  const here = addresses.manageGatherings(visit.town, row.id, 'einlass')
  return partOf(visit, row.id, {
    title: t('part.einlass'),
    discreet: true,
    body: (
      <>
        <Lead>{t('door.lead', { there: all.filter(({ attended }) => attended).length, count: all.length })}</Lead>
        <form method="get" action={here}>
          <div class="field">
            <label for="name">{t('door.search')}</label>
            <input id="name" name="name" type="search" autocomplete="off" value={wanted} />
          </div>
          <button type="submit" class="secondary">
            {t('door.find')}
          </button>
        </form>
        {found.length === 0 && <EmptyState>{t('door.nobody')}</EmptyState>}
        {found.length > 0 && (
          <Form action={here} token={visit.token}>
            <ul class="door">
              {found.map((one) => (
                <Line one={one} />
              ))}
            </ul>
          </Form>
        )}
        <p>
          <ButtonLink href={addresses.manageGatherings(visit.town, row.id, 'einlassliste')} look="secondary">
            {t('door.paper')}
          </ButtonLink>
        </p>
      </>
    ),
  })
}

const Line = ({ one: { id, name, attended } }: { one: Participant }) => (
  <li>
    <span>
      {attended && '✓ '}
      {name}
    </span>{' '}
    <Button name={attended ? 'undo' : 'in'} value={id} look={attended ? 'quiet' : 'secondary'}>
      {t(attended ? 'door.undo' : 'door.in')}
      <span class="hidden-visually">: {name}</span>
    </Button>
  </li>
)

export async function post(visit: Visit): Promise<Response> {
  const raw = await visit.form()
  const id = await visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    if (typeof raw.in === 'string') await checkIn(tx, row.id, [raw.in])
    if (typeof raw.undo === 'string') await undoCheckIn(tx, row.id, raw.undo)
    return row.id
  })
  return redirect(addresses.manageGatherings(visit.town, id, 'einlass'))
}

const template = `= #data.title
#data.about

#table(
  columns: (auto, 1fr, 6cm),
  table.header(..data.columns.map(strong)),
  ..data.rows.map(row => row.map(cell => [#cell])).flatten(),
)`

/** `…/{gathering}/einlassliste`: the same on paper, with room to sign. */
export async function paper(visit: Visit): Promise<Response> {
  const { row, all } = await load(visit)
  const bytes = await makePdf({
    title: t('paper.title', { title: row.title }),
    language: 'de',
    template,
    foot: t('paper.foot'),
    data: {
      title: row.title,
      about: `${whenText(row, 'de')} · ${whereText(row, 'de')}`,
      columns: [t('paper.number'), t('participants.name'), t('paper.sign')],
      rows: all.map(({ name }, n) => [String(n + 1), name, ' ']),
    },
  })
  return pdfResponse(bytes, `einlass-${row.slug}.pdf`)
}
