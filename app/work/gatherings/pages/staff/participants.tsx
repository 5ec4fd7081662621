import { emptyForm, withError, chosen, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, DataTable, EmptyState, ErrorSummary, Form, Lead } from '#ui/index.ts'
import { choose, refuse } from '../../commands/list.ts'
import type { GatheringRow } from '../../commands/store.ts'
import { participants, type Participant } from '../../queries.ts'
import { words } from '../../words.ts'
import { gatheringOf, mend, partOf } from './frame.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    return { row, all: await participants(tx, row.id) }
  })

/** `…/{gathering}/teilnehmende`: who comes, who waits in which order, and the choice by hand. */
export async function get(visit: Visit): Promise<View> {
  const { row, all } = await load(visit)
  return view(visit, row, all, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const { row, all } = await load(visit)
  const raw = await visit.form()
  const ids = chosen(emptyForm(raw), 'who')
  const here = addresses.manageGatherings(visit.town, row.id, 'teilnehmende')
  const fail = (message: string) => ({ ...view(visit, row, all, withError(emptyForm(raw), 'who', message)), ...mend })
  if (ids.length === 0) return fail(t('choose.nobody'))
  if (raw.do === 'refuse') await visit.tx((tx) => refuse(tx, row.id, ids))
  if (raw.do === 'choose') {
    const over = await visit.tx((tx) => choose(tx, row.id, ids))
    if (over > 0) return fail(t('choose.over', { count: over }))
  }
  return redirect(here)
}

function view(visit: Visit, row: GatheringRow, all: readonly Participant[], form: FormState): View {
  const waiting = all.filter(({ state }) => state === 'waiting')
  const others = all.filter(({ state }) => state !== 'waiting')
  return partOf(visit, row.id, {
    title: t('part.teilnehmende'),
    discreet: true,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>
          {t('participants.lead', {
            count: all.filter(({ state }) => state === 'confirmed').length,
            waiting: waiting.length,
          })}
        </Lead>
        {waiting.length > 0 && <Waiting visit={visit} row={row} waiting={waiting} form={form} />}
        <h2>{t('participants.title')}</h2>
        {others.length === 0 && <EmptyState>{t('participants.none')}</EmptyState>}
        {others.length > 0 && (
          <DataTable
            caption={t('participants.title')}
            columns={[t('participants.name'), t('participants.state'), t('participants.answers')]}
            rows={others.map((one) => [<Who one={one} />, seatText(one), answersOf(row, one)])}
          />
        )}
      </>
    ),
  })
}

const seatText = ({ attended, confirmUntil, declined, state }: Participant) =>
  attended
    ? t('seat.attended')
    : [t(`seat.${confirmUntil ? 'unconfirmed' : state}`), ...(declined ? [t('seat.declined')] : [])].join(' · ')

const Who = ({ one: { name, mail } }: { one: Participant }) => (
  <>
    {name}
    <br />
    <span class="quiet mail">{mail}</span>
  </>
)

const none = '–'
const answersOf = ({ questions, priority_groups: groups }: GatheringRow, { answers, rank }: Participant) =>
  [
    ...(groups.length > 1 ? [groups[rank] ?? ''] : []),
    ...answers.flatMap((answer, n) =>
      answer
        ? [`${questions[n]?.label ?? ''} ${answer === 'yes' ? t('yes') : answer === 'no' ? t('no') : answer}`]
        : [],
    ),
  ].join(' · ') || none

const Waiting = ({
  visit,
  row,
  waiting,
  form,
}: {
  visit: Visit
  row: GatheringRow
  waiting: readonly Participant[]
  form: FormState
}) => (
  <>
    <h2>{t('waiting.title')}</h2>
    <p>{t(row.by_hand ? 'waiting.by-hand' : 'waiting.in-order')}</p>
    <Form action={addresses.manageGatherings(visit.town, row.id, 'teilnehmende')} token={visit.token}>
      <fieldset id="who" tabindex={-1}>
        <legend class="hidden-visually">{t('waiting.title')}</legend>
        {waiting.map((one, n) => (
          <div class="choice">
            <input
              type="checkbox"
              id={`who-${one.id}`}
              name="who"
              value={one.id}
              checked={chosen(form, 'who').includes(one.id)}
              aria-describedby={`who-${one.id}-hint`}
            />
            <div>
              <label for={`who-${one.id}`}>
                {n + 1}. {one.name}
              </label>
              <p class="hint" id={`who-${one.id}-hint`}>
                {[
                  one.mail,
                  t(one.late ? 'waiting.late' : 'waiting.since', { at: formats('de').dateTime(one.receivedAt) }),
                  ...(one.confirmUntil ? [t('seat.unconfirmed')] : []),
                  answersOf(row, one),
                ]
                  .filter((text) => text !== none)
                  .join(' · ')}
              </p>
            </div>
          </div>
        ))}
      </fieldset>
      <Button name="do" value="choose" look="secondary">
        {t('choose.button')}
      </Button>{' '}
      <Button name="do" value="refuse" look="quiet">
        {t('refuse.button')}
      </Button>
    </Form>
  </>
)
