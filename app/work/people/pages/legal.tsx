import type { View, Visit } from '#platform/web/index.ts'
import { Lead, Notice, SummaryList } from '#ui/index.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import { words, type WordKey } from '../words.ts'

const t = words('de')

const kinds = ['unaccepted-report', 'contact-data', 'closed-case', 'mediation-existence', 'read-log'] as const

/** How long each kind of data is kept, from the model in force. */
function periods({ model }: Compiled) {
  return kinds.map((kind) => {
    const period = model.retention[kind]
    const value =
      'days' in period ? t('legal.days', { count: period.days }) : t('legal.months', { count: period.months })
    return { label: t(`legal.kept.${kind}`), value }
  })
}

const paragraphs = (...keys: WordKey[]) => keys.map((key) => <p>{t(key)}</p>)

/** `/{town}/impressum`: who answers for these pages. */
export const imprint = (visit: Visit): View => ({
  layout: 'public',
  title: t('legal.imprint'),
  body: (
    <>
      <Lead>{t('legal.imprint.lead', { town: visit.town.name })}</Lead>
      <Notice kind="waiting">{t('legal.open')}</Notice>
    </>
  ),
})

/** `/{town}/datenschutz`: what is kept, how, and until when. */
export async function privacy(visit: Visit): Promise<View> {
  const model = await visit.tx(modelInForce)
  return {
    layout: 'public',
    title: t('legal.privacy'),
    body: (
      <>
        <Lead>{t('legal.privacy.lead')}</Lead>
        {paragraphs('legal.privacy.anonymous', 'legal.privacy.sealed', 'legal.privacy.rights')}
        <h2>{t('legal.kept')}</h2>
        <SummaryList rows={periods(model)} />
        <Notice kind="waiting">{t('legal.open')}</Notice>
      </>
    ),
  }
}

/** `/{town}/barrierefreiheit`: how far it has come, and where to say what does not work. */
export const accessibility = (): View => ({
  layout: 'public',
  title: t('legal.accessibility'),
  body: (
    <>
      <Lead>{t('legal.accessibility.lead')}</Lead>
      {paragraphs('legal.accessibility.state', 'legal.accessibility.gaps')}
      <Notice kind="waiting">{t('legal.open')}</Notice>
    </>
  ),
})

/** `/{town}/leichte-sprache`: what these pages are for, in easy language. */
export const easyLanguage = (): View => ({
  layout: 'public',
  title: t('legal.easy'),
  body: (
    <>
      {paragraphs('legal.easy.1', 'legal.easy.2', 'legal.easy.3', 'legal.easy.4', 'legal.easy.5')}
      <Notice kind="info">{t('legal.easy.untested')}</Notice>
    </>
  ),
})
