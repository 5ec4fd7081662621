import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, EmptyState, Lead, SummaryList } from '#ui/index.ts'
import { say } from '#work/model/index.ts'
import { evaluationPool, type Pooled } from '../queries.ts'
import type { Pool, Question } from '../rules.ts'
import { publicWords, words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle/auswertung`: what those concerned said, all cases together. */
export async function get(visit: Visit): Promise<View> {
  const pooled = await visit.tx(evaluationPool)
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('pool.title'),
    body: pooled.pool ? (
      <Shown {...pooled} pool={pooled.pool} />
    ) : (
      <EmptyState>{t('pool.few', pooled.fewest)}</EmptyState>
    ),
  }
}

const Shown = ({ questions, pool }: Pooled & { pool: Pool }) => (
  <>
    <Lead>{t('pool.lead', { answers: pool.answers, cases: pool.cases })}</Lead>
    {questions.map((question) => (
      <Card title={say(question.label, 'de')}>
        <Shares question={question} pool={pool} />
      </Card>
    ))}
    <p class="quiet">{t('pool.how')}</p>
  </>
)

function Shares({ question, pool }: { question: Question; pool: Pool }) {
  const counts = pool.given[question.id]
  if (!counts) return <EmptyState>{t('pool.unsaid')}</EmptyState>
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0)
  return (
    <SummaryList
      rows={question.options.map(({ id, label }) => {
        const count = counts[id] ?? 0
        return {
          label: label ? say(label, 'de') : publicWords('de')(id as 'yes' | 'no'),
          value: t('pool.share', { count, share: Math.round((count / all) * 100) }),
        }
      })}
    />
  )
}
