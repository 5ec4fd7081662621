import { expect, test } from 'vitest'
import { formats, languages } from '#platform/i18n/index.ts'
import de from './locales/public.de.json' with { type: 'json' }
import { publicWords, type PublicKey } from './words.ts'

const monday = new Date('2026-11-23T07:00:00Z')
const values = {
  step: 1,
  steps: 3,
  town: 'Lindenau',
  office: 'Koordinierungsstelle',
  phone: '0201 123',
  days: 14,
  workingDays: 'morgen',
  code: '123456',
  address: 'https://amt.example',
  count: 17,
  month: 'November 2026',
  who: 'Koordination',
  seconds: 5,
  when: 'open',
  until: '16 Uhr',
  maximum: 20_000,
}

test('every public text can be said in every language, with all values in their place', () => {
  for (const { id } of languages) {
    const t = publicWords(id)
    const f = formats(id)
    for (const key of Object.keys(de) as PublicKey[]) {
      const text = t(key, { ...values, day: f.day(monday), time: f.oClock(monday) })
      expect(text.trim(), `${id} ${key}`).not.toBe('')
      expect(text, `${id} ${key}`).not.toMatch(/[{}]|undefined|NaN/)
    }
  }
})

test('says when it is next read, as promised', () => {
  const f = formats('de')
  const sentence = publicWords('de')('form.next-read', {
    ...values,
    when: 'later',
    day: f.weekday(monday),
    time: f.oClock(monday),
  })
  expect(sentence).toBe('Wird Montag ab 8 Uhr gelesen. Bei Gefahr: 110.')
})

test('other languages speak for themselves, German does not stand in', () => {
  for (const { id } of languages.filter((language) => language.lang !== 'de')) {
    const t = publicWords(id)
    const same = (Object.keys(de) as PublicKey[]).filter(
      (key) =>
        t(key, { ...values, day: 'D', time: 'T' }) === publicWords('de')(key, { ...values, day: 'D', time: 'T' }),
    )
    expect(same, id).toEqual(id === 'ar' ? [] : ['mailbox.opened.line'])
  }
})
