import { emptyForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, Lead, Select, SummaryList } from '#ui/index.ts'
import { modelVersion, stepOfKind, type Field } from '#work/model/index.ts'
import { caseOf, partOf } from '../../pages/parts/load.ts'
import { Printed } from '../../pages/parts/printed.tsx'
import type { OpenedCase } from '../../queries.ts'
import { assessmentList, assessments, type Assessment, type AssessmentLine } from '../../queries/course.ts'
import { changes, type Change } from '../compare.ts'
import { difference, sentence } from '../parts/changes.tsx'
import { nameOf, sayValue, valuesOf } from '../parts/written.ts'
import { merged } from '../parties.ts'
import { partiesOf, type Parties } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly fields: readonly Field[]
  readonly lines: readonly AssessmentLine[]
  readonly before: Assessment | undefined
  readonly after: Assessment | undefined
  /** Second assessors' views of `after`. */
  readonly beside: readonly Assessment[]
  readonly parties: Parties
}

/** What a version is compared with unless somebody says otherwise: the one it stands beside, or the one before. */
function beforeIt(lines: readonly AssessmentLine[], after: AssessmentLine | undefined): number | undefined {
  if (!after) return undefined
  return after.secondOf ?? lines.find((one) => one.number < after.number && one.secondOf === null)?.number
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const lines = await assessmentList(tx, found.id)
    const asked = (name: string) => {
      const value = Number(visit.url.searchParams.get(name) ?? Number.NaN)
      return lines.find(({ number }) => number === value)
    }
    const after = asked('bis') ?? lines.find(({ secondOf }) => secondOf === null)
    const before = asked('von')?.number ?? beforeIt(lines, after)
    const views = lines.filter(({ secondOf }) => after !== undefined && secondOf === after.number)
    const chosen = [before, after?.number, ...views.map(({ number }) => number)].filter((one) => one !== undefined)
    const read = await assessments(tx, found.id, found.contentKey, chosen)
    const one = (number: number | undefined) => read.find((version) => version.number === number)
    return {
      found,
      fields: stepOfKind(await modelVersion(tx, found.modelVersion), 'assess').ask,
      lines,
      before: before === after?.number ? undefined : one(before),
      after: one(after?.number),
      beside: read.filter(({ number }) => views.some((view) => view.number === number && number !== before)),
      parties: await partiesOf(tx, found.id, found.contentKey),
    }
  })

const nameOfVersion = ({ number, madeOn, by, secondOf }: AssessmentLine) =>
  t(secondOf === null ? 'version.name' : 'version.second', {
    number: secondOf ?? number,
    day: formats('de').dayShort(madeOn),
    name: by,
  })

/** `/{town}/faelle/{case}/einschaetzung/fassungen?von=…&bis=…`: two versions, what changed in words, both in full. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { found, lines, before, after, beside } = shown
  return partOf(visit, found, {
    title: t('versions.title'),
    body: (
      <>
        <Printed visit={visit} found={found} />
        <Lead>{t('versions.state', { count: lines.length })}</Lead>
        {lines.length > 1 && <Choose visit={visit} shown={shown} />}
        {!after && <EmptyState>{t('versions.none')}</EmptyState>}
        {before && after && <Changed shown={shown} before={before} after={after} />}
        {after && beside.map((view) => <Changed shown={shown} before={after} after={view} />)}
        {after && (
          <Card title={nameOfVersion(after)}>
            <Whole version={after} shown={shown} />
          </Card>
        )}
      </>
    ),
  })
}

const Choose = ({ visit, shown: { found, lines, before, after } }: { visit: Visit; shown: Shown }) => {
  const form = emptyForm({ von: String(before?.number ?? ''), bis: String(after?.number ?? '') })
  const options = lines.map((line) => ({ value: String(line.number), label: nameOfVersion(line) }))
  return (
    <form method="get" action={addresses.casePage(visit.town, found.id, 'einschaetzung/fassungen')} class="no-print">
      <Select name="von" label={t('versions.from')} form={form} options={options} />
      <Select name="bis" label={t('versions.to')} form={form} options={options} />
      <Button look="secondary">{t('versions.compare')}</Button>
    </form>
  )
}

const Changed = ({ shown, before, after }: { shown: Shown; before: Assessment; after: Assessment }) => {
  const { parties, fields } = shown
  const whole = (version: Assessment) => ({ ...version, depth: merged(version.depth, parties) })
  const all = changes(whole(before), whole(after))
  const view = after.secondOf === before.number
  const say = (change: Change) => (view ? difference : sentence)(change, { parties, fields })
  const found = all.filter((change) => say(change) !== undefined)
  return (
    <Card title={view ? t('versions.differ', { name: after.by }) : t('versions.changed')}>
      {found.length === 0 ? (
        <p>{t('versions.same')}</p>
      ) : (
        <ul>
          {found.map((change) => (
            <li>{say(change)}</li>
          ))}
        </ul>
      )}
      <BothTexts found={found} shown={shown} names={[nameOfVersion(before), nameOfVersion(after)]} />
    </Card>
  )
}

/** Texts that say it anew, side by side; what only one of them has stands in its version. */
const BothTexts = ({ found, shown, names }: { found: readonly Change[]; shown: Shown; names: readonly string[] }) => (
  <div class="compare">
    {found.map((change) =>
      (change.kind === 'text' || change.kind === 'party-text') && change.from && change.to ? (
        <section>
          <h3>
            {nameOf(
              change.kind === 'text' ? change.field : `${change.field}-${change.party}`,
              shown.fields,
              shown.parties,
            )}
          </h3>
          <dl>
            {[change.from, change.to].map((text, index) => (
              <div>
                <dt>{names[index]}</dt>
                <dd class="as-typed">{text || '–'}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null,
    )}
  </div>
)

const Whole = ({ version, shown: { parties, fields } }: { version: Assessment; shown: Shown }) => {
  const values = valuesOf(version, null, parties)
  const rows = Object.entries(values).flatMap(([field, value]) => {
    const text = [value].flat().join(', ')
    return text === '' ? [] : [{ label: nameOf(field, fields, parties), value: sayValue(field, text, fields) }]
  })
  return <SummaryList rows={rows} />
}
