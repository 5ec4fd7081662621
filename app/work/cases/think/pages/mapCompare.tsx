import { emptyForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, Lead, Select } from '#ui/index.ts'
import { caseOf, partOf } from '../../pages/parts/load.ts'
import { Printed } from '../../pages/parts/printed.tsx'
import type { OpenedCase } from '../../queries.ts'
import { mapChanges } from '../map/document.ts'
import { Drawing } from '../map/drawing.tsx'
import { MapTables, sayChange } from '../parts/mapWords.tsx'
import { mapList, mapOf, partiesOf, type MapLine, type MapVersion, type Parties } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly parties: Parties
  readonly lines: readonly MapLine[]
  readonly before: MapVersion | undefined
  readonly after: MapVersion | undefined
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const parties = await partiesOf(tx, found.id, found.contentKey)
    const lines = await mapList(tx, found.id)
    const asked = (name: string) => {
      const value = Number(visit.url.searchParams.get(name) ?? Number.NaN)
      return lines.find(({ number }) => number === value)
    }
    const after = asked('bis') ?? lines[0]
    const before = asked('von') ?? lines.find(({ number }) => after !== undefined && number < after.number)
    const read = (line: MapLine | undefined) => line && mapOf(tx, found.id, found.contentKey, parties, line.number)
    return { found, parties, lines, before: await read(before), after: await read(after) }
  })

/** `/{town}/faelle/{case}/landkarte/vergleich?von=…&bis=…`: two dates side by side, and what changed in words. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { found, before, after, lines } = shown
  return partOf(visit, found, {
    title: t('map.compare'),
    back: addresses.casePage(visit.town, found.id, 'landkarte'),
    body: (
      <>
        <Printed visit={visit} found={found} />
        <Lead>{t('map.compare.state', { count: lines.length })}</Lead>
        {lines.length > 1 && <Choose visit={visit} shown={shown} />}
        {before && after ? (
          <Both shown={shown} before={before} after={after} />
        ) : (
          <EmptyState>{t('map.compare.none')}</EmptyState>
        )}
      </>
    ),
  })
}

const Choose = ({ visit, shown: { found, lines, before, after } }: { visit: Visit; shown: Shown }) => {
  const options = lines.map(({ number, madeOn }) => ({ value: String(number), label: formats('de').day(madeOn) }))
  const form = emptyForm({ von: String(before?.number ?? ''), bis: String(after?.number ?? '') })
  return (
    <form method="get" action={addresses.casePage(visit.town, found.id, 'landkarte/vergleich')} class="no-print">
      <Select name="von" label={t('versions.from')} form={form} options={options} />
      <Select name="bis" label={t('versions.to')} form={form} options={options} />
      <Button look="secondary">{t('map.to-compare')}</Button>
    </form>
  )
}

const Both = ({ shown, before, after }: { shown: Shown; before: MapVersion; after: MapVersion }) => {
  const { parties, found } = shown
  const differences = mapChanges(before.document, after.document)
  const { day } = formats('de')
  return (
    <>
      <Card title={t('versions.changed')}>
        {differences.length === 0 ? (
          <p>{t('versions.same')}</p>
        ) : (
          <ul>
            {differences.map((change) => (
              <li>{sayChange(change, parties)}</li>
            ))}
          </ul>
        )}
      </Card>
      <div class="maps">
        {[before, after].map(({ document, madeOn }) => (
          <figure>
            <figcaption>
              <h2>{day(madeOn)}</h2>
            </figcaption>
            <section class="map-frame" tabindex={0} aria-label={t('map.on', { day: day(madeOn) })}>
              <Drawing document={document} parties={parties} title={found.matter} />
            </section>
            <details>
              <summary>{t('map.as-table', { day: day(madeOn) })}</summary>
              <MapTables document={document} parties={parties} />
            </details>
          </figure>
        ))}
      </div>
    </>
  )
}
