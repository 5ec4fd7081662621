import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { DataTable, EmptyState, Lead } from '#ui/index.ts'
import { evaluationPool } from '../queries.ts'
import { fewestAnswers, fewestCases, isShown, marks, questions, type Pool, type Question } from '../rules.ts'
import { publicWords, words } from '../words.ts'

const t = words('de')
const asked = publicWords('de')

/** `/{town}/faelle/auswertung`: what those concerned said, all cases together. */
export async function get(visit: Visit): Promise<View> {
  const pool = await visit.tx(evaluationPool)
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('pool.title'),
    body: pool ? (
      <>
        <Lead>{t('pool.lead', { answers: pool.answers, cases: pool.cases })}</Lead>
        <DataTable
          caption={t('pool.title')}
          columns={[t('pool.question'), ...marks.map((mark) => asked(mark))]}
          rows={questions.map((question) => [asked(question), ...shares(pool, question)])}
        />
        <p class="quiet">{t('pool.how')}</p>
      </>
    ) : (
      <EmptyState>{t('pool.few', { cases: fewestCases, answers: fewestAnswers })}</EmptyState>
    ),
  }
}

function shares(pool: Pool, question: Question): string[] {
  if (!isShown(pool, question)) return marks.map((_, i) => (i === 0 ? t('pool.unsaid') : '–'))
  const all = marks.reduce((sum, mark) => sum + pool.given[question][mark], 0)
  return marks.map((mark) => {
    const count = pool.given[question][mark]
    return t('pool.share', { count, share: Math.round((count / all) * 100) })
  })
}
