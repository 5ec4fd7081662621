import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink } from '#ui/index.ts'
import { publicWords } from '../../words.ts'
import { Anonymity } from './parts/anonymity.tsx'

const parts = ['read', 'talk', 'neutral', 'limits', 'duty', 'delete'] as const

/** `/{town}/so-arbeiten-wir`: what happens with a report, and what "anonymous" means here. */
export function get(visit: Visit): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('how.title'),
    back: addresses.town(visit.town),
    body: (
      <>
        {parts.map((part) => (
          <section>
            <h2>{t(`how.${part}.title`)}</h2>
            <p>{t(`how.${part}.text`)}</p>
          </section>
        ))}
        <section>
          <h2>{t('anonymity.title')}</h2>
          <Anonymity visit={visit} />
        </section>
        <p>
          <ButtonLink href={addresses.reportForm(visit.town)}>{t('town.report')}</ButtonLink>
        </p>
      </>
    ),
  }
}
