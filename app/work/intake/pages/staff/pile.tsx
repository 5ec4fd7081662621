import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, DataTable, Lead } from '#ui/index.ts'
import { pileOf } from '../../queries/lists.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang/{report}/stapel`: the pile unfolded, each report for itself. */
export async function get(visit: Visit): Promise<View> {
  const { rows, count } = await visit.tx((tx) => pileOf(tx, visit.params.report ?? ''))
  const [first] = rows
  if (!first) throw new NotAllowed('pile', { hidden: true })
  const { dayShort } = formats('de')
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('pile.title'),
    body: (
      <>
        <Lead>{t('pile.lead', { count })}</Lead>
        {visit.may('intake.decide') && (
          <p>
            <ButtonLink href={`${addresses.reportPage(visit.town, first.id)}?stapel=ja`}>{t('pile.answer')}</ButtonLink>
          </p>
        )}
        <DataTable
          caption={t('pile.title')}
          columns={[t('inbox.column.what'), t('inbox.column.since')]}
          rows={rows.map((row) => [
            <a href={addresses.reportPage(visit.town, row.id)}>
              <bdi>{row.headline}</bdi>
            </a>,
            dayShort(row.received_on),
          ])}
        />
      </>
    ),
  }
}
