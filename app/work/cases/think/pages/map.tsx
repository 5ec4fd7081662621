import { emptyForm, hiddenFields, renderedVersion, type FormState, type RawForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { assetUrl, Button, Card, EmptyState, ErrorSummary, Form, Lead, Notice, Select } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { Printed } from '../../pages/parts/printed.tsx'
import type { OpenedCase } from '../../queries.ts'
import { newestAssessment } from '../../queries/course.ts'
import { saveMap } from '../commands/map.ts'
import { emptyMap, influences, kinds, mapChanges, textOf, type MapChange, type MapDocument } from '../map/document.ts'
import { Drawing, readSmall } from '../map/drawing.tsx'
import { applyForm, newRows, rowsOf } from '../map/form.ts'
import { MapTables, sayChange, sayRelation } from '../parts/mapWords.tsx'
import { mayThink } from '../parts/may.ts'
import { merged } from '../parties.ts'
import { mapList, mapOf, partiesOf, type MapLine, type MapVersion, type Parties } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly parties: Parties
  readonly map: MapVersion | undefined
  readonly versions: readonly MapLine[]
  readonly stages: Readonly<Record<string, number | undefined>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const parties = await partiesOf(tx, found.id, found.contentKey)
    const judged = merged((await newestAssessment(tx, found.id, found.contentKey))?.depth ?? {}, parties)
    return {
      found,
      parties,
      map: await mapOf(tx, found.id, found.contentKey, parties),
      versions: await mapList(tx, found.id),
      stages: Object.fromEntries(Object.entries(judged.parties ?? {}).map(([id, { stage }]) => [id, stage])),
    }
  })

const page = (visit: Visit, { id }: OpenedCase, step = 'landkarte') => addresses.casePage(visit.town, id, step)

/** `/{town}/faelle/{case}/landkarte`: who stands how to whom, as a drawing and as a table. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const { present } = shown.parties
  const { document, faults } = applyForm(
    shown.map?.document ?? emptyMap,
    raw,
    present.map(({ id }) => id),
  )
  if (faults.length > 0) {
    const errors = faults.map(({ field, message }) => ({ field, message: t(message) }))
    return { ...view(visit, shown, { values: raw, errors }), ...mend }
  }
  const wanted =
    typeof raw.order === 'string'
      ? { ...document, actors: document.actors.map(({ party, influence }) => ({ party, influence })) }
      : document
  try {
    await visit.tx((tx) => saveMap(tx, shown.found.id, wanted, renderedVersion(raw) ?? -1))
    return redirect(page(visit, shown.found))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const differs = mapChanges(now.map?.document ?? emptyMap, document)
    return { ...view(visit, now, emptyForm(raw), differs), status: 409, error: true }
  }
}

const view = (visit: Visit, shown: Shown, form: FormState, stale?: readonly MapChange[]): View => {
  const { found, parties, map } = shown
  const works = mayThink(visit, found)
  return partOf(visit, found, {
    title: t('map.title'),
    body: (
      <>
        <Printed visit={visit} found={found} />
        <ErrorSummary form={form} />
        {stale && <Stale differs={stale} parties={parties} />}
        <Lead>
          {map
            ? t('map.state', {
                actors: map.document.actors.length,
                relations: map.document.relations.length,
                day: formats('de').day(map.madeOn),
                name: map.by,
              })
            : t('map.none')}
        </Lead>
        <Others visit={visit} shown={shown} />
        {works && parties.present.length > 0 ? (
          <>
            <script src={assetUrl('actor-map.js')} defer />
            <actor-map>
              <Picture shown={shown} />
              <div class="no-print">
                <Edit visit={visit} shown={shown} form={form} />
              </div>
            </actor-map>
            {map && (
              <div class="print-only">
                <MapTables document={map.document} parties={parties} />
              </div>
            )}
          </>
        ) : (
          <>
            <Picture shown={shown} />
            {map && <MapTables document={map.document} parties={parties} />}
          </>
        )}
      </>
    ),
  })
}

const Others = ({ visit, shown: { found, parties, versions } }: { visit: Visit; shown: Shown }) => (
  <>
    {parties.present.length === 0 && <EmptyState>{t('map.no-parties')}</EmptyState>}
    <p class="no-print">
      <a href={page(visit, found, 'beteiligte')}>{t('party.title')}</a>
      {versions.length > 1 && ' · '}
      {versions.length > 1 && <a href={page(visit, found, 'landkarte/vergleich')}>{t('map.to-compare')}</a>}
    </p>
  </>
)

const Stale = ({ differs, parties }: { differs: readonly MapChange[]; parties: Parties }) => (
  <>
    <Notice kind="waiting">{t('map.stale')}</Notice>
    <ul>
      {differs.map((change) => (
        <li>{sayChange(change, parties)}</li>
      ))}
    </ul>
  </>
)

const Picture = ({ shown: { map, parties, stages, found } }: { shown: Shown }) =>
  map && map.document.actors.length > 0 ? (
    <section class="map-frame" tabindex={0} aria-label={t('map.title')}>
      <Drawing document={map.document} parties={parties} stages={stages} title={found.matter} />
    </section>
  ) : null

const Edit = ({ visit, shown, form }: { visit: Visit; shown: Shown; form: FormState }) => {
  const { found, map } = shown
  return (
    <>
      {(map?.document.actors.length ?? 0) > readSmall ? (
        <>
          <p class="map-help wide hint" hidden>
            {t('map.help')}
          </p>
          <p class="map-help narrow hint" hidden>
            {t('map.help.narrow')}
          </p>
        </>
      ) : (
        <p class="map-help hint" hidden>
          {t('map.help')}
        </p>
      )}
      <p
        class="map-status"
        role="status"
        data-moved={t('map.say.moved')}
        data-chosen={t('map.say.chosen')}
        data-connected={t('map.say.connected')}
        data-full={t('map.say.full')}
      />
      <Form action={page(visit, found)} token={visit.token}>
        <input type="hidden" name={hiddenFields.version} value={String(map?.edition ?? 0)} />
        <Card title={t('map.new')}>
          <NewRelations shown={shown} form={form} />
        </Card>
        <Actors shown={shown} raw={form.values} />
        <Relations shown={shown} raw={form.values} />
        <p>
          <Button>{t('map.save')}</Button>{' '}
          {map && (
            <Button name="order" value="yes" look="quiet">
              {t('map.order')}
            </Button>
          )}
        </p>
      </Form>
    </>
  )
}

const kindOptions = () => kinds.map((value) => ({ value, label: t(`kind.${value}`) }))

const NewRelations = ({ shown: { parties }, form }: { shown: Shown; form: FormState }) => {
  const who = [{ value: '', label: '–' }, ...parties.present.map(({ id, label }) => ({ value: id, label }))]
  return (
    <div class="rows">
      {newRows.map((row, i) => (
        <div class="row">
          <Select name={`from-${row}`} label={t('map.from', { n: i + 1 })} form={form} options={who} />
          <Select
            name={`kind-${row}`}
            label={t('map.kind.of', { n: i + 1 })}
            form={form}
            options={[{ value: '', label: '–' }, ...kindOptions()]}
          />
          <Select name={`to-${row}`} label={t('map.to', { n: i + 1 })} form={form} options={who} />
        </div>
      ))}
    </div>
  )
}

const Actors = ({ shown: { parties, map }, raw }: { shown: Shown; raw: RawForm }) => {
  const on = (id: string) => map?.document.actors.find(({ party }) => party === id)
  const form = emptyForm({
    ...Object.fromEntries(
      parties.present.map(({ id }) => [`influence-${id}`, String(on(id)?.influence ?? (map ? '' : 2))] as const),
    ),
    ...raw,
  })
  const place = (actor: MapDocument['actors'][number] | undefined, id: string) =>
    [raw[`at-${id}`] ?? (actor ? `${actor.x},${actor.y}` : '')].flat()[0]
  return (
    <details class="more" open={!map}>
      <summary>{t('map.actors')}</summary>
      <p>{t('map.actors.about')}</p>
      {parties.present.map(({ id, label }) => (
        <>
          <input type="hidden" name={`at-${id}`} value={place(on(id), id)} />
          <Select
            name={`influence-${id}`}
            label={t('map.influence.of', { label })}
            form={form}
            options={[
              { value: '', label: t('influence.off') },
              ...influences.map((n) => ({ value: String(n), label: t(`influence.${n}`) })),
            ]}
          />
        </>
      ))}
    </details>
  )
}

const Relations = ({ shown: { parties, map }, raw }: { shown: Shown; raw: RawForm }) => {
  const rows = rowsOf(map?.document ?? emptyMap, raw)
  if (rows.length === 0) return null
  const form = emptyForm(Object.fromEntries(rows.map(({ at, chosen }) => [`kind-${at}`, chosen])))
  return (
    <details class="more" open>
      <summary>{t('map.relations')}</summary>
      {rows.map(({ relation, at }) => (
        <>
          <input type="hidden" name={`was-${at}`} value={textOf(relation)} />
          <Select
            name={`kind-${at}`}
            label={sayRelation(relation, parties)}
            form={form}
            options={[...kindOptions(), { value: '', label: t('map.relation.off') }]}
          />
        </>
      ))}
    </details>
  )
}
