import { emptyForm, readStaffDay } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, DateOne, EmptyState, FilterSentence, Timeline } from '#ui/index.ts'
import { modelVersion } from '#work/model/index.ts'
import { line } from '../../pages/parts/line.tsx'
import { caseOf, partOf } from '../../pages/parts/load.ts'
import { Printed } from '../../pages/parts/printed.tsx'
import { linkEntries, linksOf, merged } from '../../near/queries.ts'
import { entries } from '../../queries/course.ts'
import { fits, groups, type Filter, type Group } from '../timeline.ts'
import { words } from '../words.ts'

const t = words('de')

function filterOf(visit: Visit): Filter {
  const asked = visit.url.searchParams
  const today = berlinDay(visit.now)
  const day = (name: string) => readStaffDay(asked.get(name) ?? '', today)
  const wanted = asked.getAll('art')
  return { groups: groups.filter((one) => wanted.includes(one)), from: day('von'), until: day('bis') }
}

/** `/{town}/faelle/{case}/zeitstrahl`: all that happened, oldest first, as it is told; filtered by the address. */
export async function get(visit: Visit): Promise<View> {
  const filter = filterOf(visit)
  const { found, model, all } = await visit.tx(async (tx) => {
    const opened = await caseOf(tx, visit)
    return {
      found: opened,
      model: await modelVersion(tx, opened.modelVersion),
      all: merged(await entries(tx, opened.id, opened.contentKey), linkEntries(await linksOf(tx, opened.id))),
    }
  })
  const shown = all.filter(({ kind, at }) => fits({ kind, day: berlinDay(at) }, filter)).toReversed()
  const here = addresses.casePage(visit.town, found.id, 'zeitstrahl')
  return partOf(visit, found.id, {
    title: t('timeline.title'),
    body: (
      <>
        <Printed visit={visit} found={found} />
        <p class="lead">{found.matter}</p>
        <FilterSentence all={isWhole(filter) ? undefined : here}>
          {sentence(filter, shown.length, all.length)}
        </FilterSentence>
        <details class="more no-print">
          <summary>{t('timeline.filter')}</summary>
          <Choose visit={visit} action={here} filter={filter} />
        </details>
        {shown.length === 0 ? (
          <EmptyState>{t('timeline.none')}</EmptyState>
        ) : (
          <Timeline entries={shown.map((entry) => line(entry, model))} />
        )}
      </>
    ),
  })
}

const isWhole = ({ groups: wanted, from, until }: Filter) =>
  wanted.length === 0 && from === undefined && until === undefined

const nameOf = (group: Group) => t(`timeline.${group}`)

function sentence({ groups: wanted, from, until }: Filter, count: number, of: number): string {
  const { day, list } = formats('de')
  const what = wanted.length === 0 ? t('timeline.all') : list(wanted.map(nameOf))
  const when = [from && t('timeline.from', { day: day(from) }), until && t('timeline.until', { day: day(until) })]
  return t('timeline.state', { what: [what, ...when.filter(Boolean)].join(' '), count, of })
}

const Choose = ({ visit, action, filter }: { visit: Visit; action: string; filter: Filter }) => {
  const typed = (name: string) => visit.url.searchParams.get(name) ?? ''
  const form = emptyForm({ art: [...filter.groups], von: typed('von'), bis: typed('bis') })
  return (
    <form method="get" action={action}>
      <Checkboxes
        name="art"
        label={t('timeline.what')}
        form={form}
        options={groups.map((value) => ({ value, label: nameOf(value) }))}
        optional
      />
      <DateOne name="von" label={t('timeline.since')} form={form} optional />
      <DateOne name="bis" label={t('timeline.to')} form={form} optional />
      <Button look="secondary">{t('timeline.show')}</Button>
    </form>
  )
}
