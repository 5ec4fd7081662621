import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Lead, SummaryList } from '#ui/index.ts'
import { choices, modelVersion, say, stepOf, type Compiled } from '#work/model/index.ts'
import { openedCase, type OpenedCase } from '../queries.ts'
import type { Outcome } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle/{case}`: what it is about, how it stands, what comes next. */
export async function get(visit: Visit): Promise<View> {
  const { found, model } = await visit.tx(async (tx) => {
    const found = await openedCase(tx, visit.params.case ?? '')
    if (!found) throw new NotAllowed('case', { hidden: true })
    return { found, model: await modelVersion(tx, found.modelVersion) }
  })
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('case.title', { number: found.number }),
    body: <Case visit={visit} found={found} model={model} />,
  }
}

function Case({ visit, found, model }: { visit: Visit; found: OpenedCase; model: Compiled }) {
  const { day, hours } = formats('de')
  const { areas, subjects } = choices(model, 'de')
  const rows = [
    { label: t('case.matter'), value: found.matter },
    { label: t('case.area'), value: areas.find(({ id }) => id === found.area)?.name ?? found.area },
    { label: t('case.subject'), value: subjects.find(({ id }) => id === found.subject)?.name ?? found.subject },
    { label: t('case.opened'), value: day(found.openedOn) },
    ...(found.outcome ? [{ label: t('case.outcome'), value: t(`outcome.${found.outcome as Outcome}`) }] : []),
    ...(found.hours === null ? [] : [{ label: t('case.hours'), value: hours(found.hours) }]),
  ]
  return (
    <>
      <Lead>
        {found.closedOn
          ? t('case.state.closed', { day: day(found.closedOn) })
          : t('case.state.open', { step: say(stepOf(model, found.step).label, 'de') })}
      </Lead>
      <SummaryList rows={rows} />
      {!found.closedOn && visit.may('cases.close') && (
        <p>
          <ButtonLink href={addresses.casePage(visit.town, found.id, 'abschluss')}>{t('close.title')}</ButtonLink>
        </p>
      )}
    </>
  )
}
