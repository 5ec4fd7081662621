import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, ButtonLink, DataTable, Lead } from '#ui/index.ts'
import { choices, modelInForce, statusSentence } from '#work/model/index.ts'
import { ownReports } from '../../queries/lists.ts'
import { words } from '../../words.ts'

const t = words('de')

/** The small inbox of partner offices and contact points: what they wrote down themselves, and what became of it. */
export async function own(visit: Visit): Promise<View> {
  const { model, rows } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    rows: await ownReports(tx, visit.person?.id ?? ''),
  }))
  const areas = new Map(choices(model, 'de').areas.map(({ id, name }) => [id, name]))
  const { dayShort } = formats('de')
  const columns = [t('inbox.column.what'), t('inbox.column.where'), t('inbox.column.since'), t('own.column.state')]
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    title: t('own.title'),
    body: (
      <>
        <Lead>{t('own.state', { count: rows.length })}</Lead>
        {visit.may('intake.enter') && (
          <p>
            <ButtonLink href={addresses.newEntry(visit.town)}>{t('inbox.new')}</ButtonLink>
          </p>
        )}
        {visit.may('intake.advise') && (
          <p>
            <a href={addresses.consultations(visit.town)}>{t('consult.link')}</a>
          </p>
        )}
        {rows.length > 0 && (
          <DataTable
            caption={t('own.title')}
            columns={columns}
            rows={rows.map((row) => [
              <>
                <a href={addresses.reportPage(visit.town, row.id)}>
                  <bdi>{row.headline}</bdi>
                </a>
                {row.danger && <Badge kind="danger">{t('inbox.danger')}</Badge>}
              </>,
              areas.get(row.area) ?? row.area,
              dayShort(row.received_on),
              statusSentence(model, row.step_kind, 'de'),
            ])}
          />
        )}
      </>
    ),
  }
}
