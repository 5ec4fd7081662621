import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, DataTable, EmptyState, Lead } from '#ui/index.ts'
import { requestList, type RequestLine } from '../queries/requests.ts'
import { words } from '../words.ts'
import { demandReader, pageOf } from './parts.tsx'

const t = words('de')

/** `/{town}/einsicht`: who wants to see what the office has, and until when. */
export async function get(visit: Visit): Promise<View> {
  const rows = await visit.tx(async (tx) => {
    if (!visit.may('intake.substitute')) await demandReader(tx, visit)
    return requestList(tx)
  })
  const open = rows.filter(({ ended_on: ended }) => ended === null).length
  return pageOf(visit, {
    back: addresses.today(visit.town),
    title: t('list.title'),
    body: (
      <>
        <Lead>{t('list.lead', { count: open })}</Lead>
        {visit.may('cases.export') && (
          <p>
            <ButtonLink href={addresses.newInspection(visit.town)}>{t('list.new')}</ButtonLink>
          </p>
        )}
        {rows.length === 0 ? (
          <EmptyState>{t('list.none')}</EmptyState>
        ) : (
          <DataTable
            caption={t('list.title')}
            columns={[t('column.number'), t('column.basis'), t('column.state'), t('column.received'), t('column.due')]}
            rows={rows.map((row) => line(visit, row))}
          />
        )}
      </>
    ),
  })
}

function line(visit: Visit, row: RequestLine) {
  const { dayShort } = formats('de')
  return [
    <a href={addresses.inspections(visit.town, row.id)}>{row.number}</a>,
    t(`basis.${row.basis}`),
    row.state === 'answered' && row.decision ? t(`decision.${row.decision}`) : t(`state.${row.state}`),
    dayShort(row.received_on),
    row.ended_on ? t('ended', { day: dayShort(row.ended_on) }) : dayShort(row.due_on),
  ]
}
