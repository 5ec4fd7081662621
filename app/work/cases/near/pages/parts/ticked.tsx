import { formats } from '#platform/i18n/index.ts'
import { Card, SummaryList, Timeline } from '#ui/index.ts'
import { choices, say, stepOf } from '#work/model/index.ts'
import { line } from '../../../pages/parts/line.tsx'
import { Drawing } from '../../../think/map/drawing.tsx'
import { Sides } from '../../../think/parts/known.tsx'
import { MapTables } from '../../../think/parts/mapWords.tsx'
import type { Shown } from '../../shown.ts'
import { words } from '../../words.ts'

const t = words('de')

/** A case as its guest reads it: what was ticked for her, and what everybody let near it sees. */
export const Ticked = (shown: Shown) => (
  <>
    <Least {...shown} />
    {shown.has('parties') && shown.parties.present.length > 0 && (
      <Card title={t('visit.known')}>
        <Sides parties={shown.parties} depth={shown.assessment?.depth} />
      </Card>
    )}
    {shown.map && <Picture {...shown} map={shown.map} />}
    {shown.signed && <Agreed signed={shown.signed} />}
    {shown.arranged.length > 0 && <Arranged arranged={shown.arranged} />}
    {shown.told.length > 0 && (
      <Card title={t(shown.has('course') ? 'visit.course' : 'visit.said')}>
        <Timeline entries={shown.told.map((entry) => line(entry, shown.model))} />
      </Card>
    )}
  </>
)

function Least({ found, model, assessment }: Shown) {
  const { areas, subjects } = choices(model, 'de')
  const name = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id
  return (
    <SummaryList
      rows={[
        { label: t('visit.matter'), value: found.matter },
        { label: t('visit.area'), value: name(areas, found.area) },
        { label: t('visit.subject'), value: name(subjects, found.subject) },
        { label: t('visit.opened'), value: formats('de').day(found.openedOn) },
        { label: t('visit.step'), value: found.closedOn ? t('closed') : say(stepOf(model, found.step).label, 'de') },
        ...(assessment?.nextStep ? [{ label: t('visit.next'), value: assessment.nextStep }] : []),
      ]}
    />
  )
}

const Picture = ({ map, parties, found }: Shown & { map: NonNullable<Shown['map']> }) => (
  <>
    <h2>{t('visit.map')}</h2>
    <section class="map-frame" tabindex={0} aria-label={t('visit.map')}>
      <Drawing document={map.document} parties={parties} title={found.matter} />
    </section>
    <MapTables document={map.document} parties={parties} />
  </>
)

const Agreed = ({ signed }: { signed: NonNullable<Shown['signed']> }) => (
  <Card title={t('visit.agreement', { day: formats('de').day(signed.signedOn ?? signed.madeOn) })}>
    <ol>
      {signed.clauses.map(({ who, what, dueOn }) => (
        <li>
          <strong>{who}</strong>: {what}
          {dueOn && ` (${t('visit.until', { day: formats('de').day(dueOn) })})`}
        </li>
      ))}
    </ol>
  </Card>
)

const Arranged = ({ arranged }: Pick<Shown, 'arranged'>) => (
  <Card title={t('visit.measures')}>
    <SummaryList
      rows={arranged.map(({ what, owner, dueOn }) => ({
        label: what,
        value: t('visit.measure', { owner, day: formats('de').day(dueOn) }),
      }))}
    />
  </Card>
)
