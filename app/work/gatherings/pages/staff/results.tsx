import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import { DataTable, EmptyState, Lead, Notice } from '#ui/index.ts'
import { modelInForce, word } from '#work/model/index.ts'
import { feedbackResults, needs } from '../../queries.ts'
import { publicWords, words } from '../../words.ts'
import { gatheringOf, partOf } from './frame.tsx'

const t = words('de')
const marks = ['5', '4', '3', '2', '1'] as const

/** `…/{gathering}/rueckmeldungen`: pooled, from five answers on. */
export async function feedback(visit: Visit): Promise<View> {
  const { row, results } = await visit.tx(async (tx) => {
    const found = await gatheringOf(tx, visit)
    return { row: found, results: await feedbackResults(tx, found.id) }
  })
  const said = publicWords('de')
  return partOf(visit, row.id, {
    title: t('part.rueckmeldungen'),
    body: results.enough ? (
      <>
        <Lead>{t('feedback.lead', { count: results.count })}</Lead>
        <DataTable
          caption={t('part.rueckmeldungen')}
          columns={[t('feedback.question'), ...marks.map((mark) => said(`feedback.mark.${mark}`))]}
          rows={results.marks.map(({ question, counts }) => [
            said(`feedback.${question}`),
            ...marks.map((mark) => String(counts[Number(mark) - 1])),
          ])}
        />
        {results.remarks.length > 0 && (
          <>
            <h2>{t('feedback.remarks')}</h2>
            <ul>
              {results.remarks.map((remark) => (
                <li class="as-typed">{remark}</li>
              ))}
            </ul>
          </>
        )}
      </>
    ) : (
      <EmptyState>{t('feedback.few')}</EmptyState>
    ),
  })
}

/** `…/{gathering}/bedarfe`: what people need in order to take part; for the one role that arranges it. */
export async function access(visit: Visit): Promise<View> {
  const { row, reader, found } = await visit.tx(async (tx) => {
    const one = await gatheringOf(tx, visit)
    const may = one.needs_reader !== null && visit.person!.roles.includes(one.needs_reader)
    if (!may && !visit.may('gatherings.manage')) throw new NotAllowed('needs', { hidden: true })
    const model = await modelInForce(tx)
    const role = one.needs_reader && model.roles.has(one.needs_reader) ? word(model, one.needs_reader).one : undefined
    return { row: one, reader: role, found: may ? await needs(tx, one.id) : undefined }
  })
  return partOf(visit, row.id, {
    title: t('part.bedarfe'),
    discreet: true,
    body: !found ? (
      <Notice kind="info">{reader ? t('needs.other', { role: reader }) : t('needs.nobody')}</Notice>
    ) : found.length === 0 ? (
      <EmptyState>{t('needs.none')}</EmptyState>
    ) : (
      <>
        <Lead>{t('needs.lead', { count: found.length, day: formats('de').day(found[0]!.until) })}</Lead>
        <DataTable
          caption={t('part.bedarfe')}
          columns={[t('participants.name'), t('needs.need')]}
          rows={found.map(({ name, need }) => [name, <span class="as-typed">{need}</span>])}
        />
      </>
    ),
  })
}
