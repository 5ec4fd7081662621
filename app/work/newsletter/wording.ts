import { createHash } from 'node:crypto'
import { languageInfo, type Language } from '#platform/i18n/index.ts'
import { topicName, type Topic } from './queries.ts'
import { publicWords } from './words.ts'

/** Everything the form says. The page shows exactly this, so that the proof holds what was really read. */
export function shownOnForm(language: Language, town: string, topics: readonly Topic[]) {
  const t = publicWords(language)
  return {
    title: t('form.title'),
    lead: t('lead', { town }),
    address: t('form.address'),
    addressHint: t('form.address.hint'),
    topics: t('form.topics'),
    topicsHint: t('form.topics.hint'),
    topicNames: topics.map((topic) => namedTopic(topic, language)),
    language: t('form.language'),
    consent: t('form.consent', { town }),
    privacy: t('form.privacy'),
    button: t('form.button'),
  }
}

const namedTopic = (topic: Topic, language: Language): string => {
  const name = topicName(topic, language)
  return topic.reach === 'network' ? publicWords(language)('topic.network', { name }) : name
}

/** The same as one text, named by its hash: another word anywhere makes another version. */
export function wordingOf(language: Language, town: string, topics: readonly Topic[]): { id: string; text: string } {
  const { topicNames, ...shown } = shownOnForm(language, town, topics)
  const text = [languageInfo(language).name, ...Object.values(shown), ...topicNames].join('\n')
  return { id: createHash('sha256').update(text).digest('hex'), text }
}

/** Which version of the confirmation mail somebody got. */
export const mailTemplate = (language: Language): string => {
  const t = publicWords(language)
  const text = t('mail.confirm.subject') + t('mail.confirm.text', { town: '', link: '', until: '', imprint: '' })
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
