import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sliceWords } from '#platform/i18n/index.ts'
import {
  checkFormToken,
  chosen,
  cleanText,
  dateFields,
  emptyForm,
  errorAt,
  fillDateFields,
  formToken,
  FormTooLarge,
  FormUnreadable,
  idFromOnce,
  inWords,
  onceKey,
  parseForm,
  readDateFields,
  readForm,
  readFormWithFiles,
  readStaffDay,
  sameSite,
  staleEdit,
  typed,
  withError,
} from './index.ts'

const post = (body: string | URLSearchParams | FormData, headers: Record<string, string> = {}) =>
  new Request('http://localhost/x', { method: 'POST', body, headers })
const encoded = (pairs: [string, string][]) => post(new URLSearchParams(pairs))

describe('reading a form', () => {
  test('keeps everything typed, apart from what no one types on purpose', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const { observed } = await readForm(encoded([['observed', text]]))
        expect(observed).toBe(cleanText(text))
        const visible = (value: string) => value.normalize('NFC').replace(/[\s\p{C}]/gu, '')
        expect(visible(String(observed))).toBe(visible(text))
      }),
    )
  })

  test('cleaning twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => cleanText(cleanText(text)) === cleanText(text)))
  })

  test('removes control and direction-turning characters, keeps joiners, tabs and newlines', () => {
    expect(cleanText(' a\u0000b\u0007\r\nc\rd\te\u202Ef\u2066g\uFEFF ')).toBe('ab\nc\nd\tefg')
    expect(cleanText('نمی\u200Cخواهم')).toBe('نمی\u200Cخواهم')
    expect(cleanText('u\u0308')).toBe('ü')
    expect(cleanText('a\uD800b')).toBe('a\uFFFDb')
  })

  test('gathers repeated fields and survives hostile names', async () => {
    const raw = await readForm(
      encoded([
        ['to', 'a'],
        ['to', 'b'],
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    )
    expect(raw.to).toEqual(['a', 'b'])
    expect(Object.keys(raw)).toEqual(['to', '__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('refuses a body above the limit, announced or not, and too many fields', async () => {
    await expect(readForm(encoded([['a', 'x'.repeat(300_000)]]))).rejects.toBeInstanceOf(FormTooLarge)
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 10; i++) controller.enqueue(new Uint8Array(100))
        controller.close()
      },
    })
    const init = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    await expect(
      readForm(new Request('http://localhost/', init as RequestInit), { bytes: 500 }),
    ).rejects.toBeInstanceOf(FormTooLarge)
    await expect(readForm(encoded(Array.from({ length: 501 }, (_, i) => [`f${i}`, ''])))).rejects.toBeInstanceOf(
      FormTooLarge,
    )
  })

  test('takes multipart, but files only where they are asked for', async () => {
    const form = new FormData()
    form.append('text', 'Zeile 1\nZeile 2')
    form.append('file', new File(['abc'], 'liste.csv'))
    await expect(readForm(post(form))).rejects.toBeInstanceOf(FormUnreadable)
    const { values, files } = await readFormWithFiles(post(form))
    expect(values).toEqual({ text: 'Zeile 1\nZeile 2' })
    expect(await files.file?.text()).toBe('abc')
  })

  test('says when the body is no form', async () => {
    await expect(readForm(post('{}', { 'content-type': 'application/json' }))).rejects.toBeInstanceOf(FormUnreadable)
    await expect(readForm(post('junk', { 'content-type': 'multipart/form-data; boundary=x' }))).rejects.toBeInstanceOf(
      FormUnreadable,
    )
  })
})

describe('checking a form', () => {
  const words = sliceWords('test-forms', {
    de: { 'area.missing': 'Bitte wählen Sie, wo Sie es bemerkt haben.', 'text.long': 'Höchstens {maximum} Zeichen.' },
  })('de')
  const schema = z.object({
    area: z.string('area.missing').min(1, 'area.missing'),
    text: z.string().max(5, 'text.long'),
    to: z.array(z.string()).optional(),
  })
  const say = inWords(words, 'de')

  test('says what is wrong in words and keeps every value', () => {
    const raw = { area: '', text: 'viel zu lang', other: ['a', 'b'] }
    const result = parseForm(schema, raw, say)
    if (result.ok) throw new Error('should not pass')
    expect(result.state.values).toBe(raw)
    expect(result.state.errors).toEqual([
      { field: 'area', message: 'Bitte wählen Sie, wo Sie es bemerkt haben.' },
      { field: 'text', message: 'Höchstens 5 Zeichen.' },
    ])
    expect(typed(result.state, 'text')).toBe('viel zu lang')
    expect(errorAt(result.state, 'area')).toContain('Bitte wählen')
    expect(chosen(result.state, 'other')).toEqual(['a', 'b'])
  })

  test('whatever is typed, a failing form gives it back and never an English sentence', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('area', 'text', 'to', 'x'), fc.oneof(fc.string(), fc.array(fc.string()))),
        (raw) => {
          const result = parseForm(z.object({ area: z.string(), text: z.string().max(3), to: z.enum(['a']) }), raw, say)
          if (result.ok) return
          expect(result.state.values).toEqual(raw)
          for (const { message } of result.state.errors) expect(message).toMatch(/Bitte/)
        },
      ),
    )
  })

  test('a fault only the command knows joins the others', () => {
    expect(withError(emptyForm({ a: '1' }), 'a', 'Schon vergeben.')).toEqual({
      values: { a: '1' },
      errors: [{ field: 'a', message: 'Schon vergeben.' }],
    })
  })
})

describe('where a form comes from', () => {
  const secret = Buffer.alloc(32, 7)
  const now = new Date('2026-11-25T12:00:00Z')
  const token = formToken(secret, 'session', 'decide', now)
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

  test('the token fits this session and purpose, for twelve hours', () => {
    expect(checkFormToken(secret, 'session', 'decide', later(11), token)).toBe(true)
    expect(checkFormToken(secret, 'session', 'decide', later(13), token)).toBe(false)
    expect(checkFormToken(secret, 'other', 'decide', now, token)).toBe(false)
    expect(checkFormToken(secret, 'session', 'close', now, token)).toBe(false)
    expect(checkFormToken(Buffer.alloc(32, 8), 'session', 'decide', now, token)).toBe(false)
    expect(checkFormToken(secret, 'session', 'decide', later(-1), token)).toBe(false)
    for (const bad of ['', '.', undefined, ['a'], token.slice(0, -1), `zzzzzz.${token.split('.')[1]}`]) {
      expect(checkFormToken(secret, 'session', 'decide', now, bad)).toBe(false)
    }
  })

  test('fetch metadata first, then origin, then referer', () => {
    const from = (headers: Record<string, string>) =>
      sameSite(new Request('http://localhost/', { headers }), 'https://amt.example')
    expect(from({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe('same')
    expect(from({ 'sec-fetch-site': 'cross-site', origin: 'https://amt.example' })).toBe('cross')
    expect(from({ 'sec-fetch-site': 'same-site' })).toBe('cross')
    expect(from({ origin: 'https://amt.example' })).toBe('same')
    expect(from({ origin: 'https://amt.example.evil' })).toBe('cross')
    expect(from({ origin: 'null' })).toBe('unknown')
    expect(from({ referer: 'https://amt.example/x' })).toBe('same')
    expect(from({})).toBe('unknown')
  })

  test('a doubly sent form is one deed, two forms are two', () => {
    const key = onceKey()
    const id = idFromOnce(secret, 'report', key)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idFromOnce(secret, 'report', key)).toBe(id)
    expect(idFromOnce(secret, 'note', key)).not.toBe(id)
    expect(idFromOnce(secret, 'report', onceKey())).not.toBe(id)
    expect(idFromOnce(secret, 'report', '1')).toBeUndefined()
  })

  test('a stale edit yields both texts', () => {
    const stored = { version: 4, values: { text: 'neu', title: 'gleich' } }
    expect(staleEdit({ _version: '4', text: 'meins' }, stored)).toBeUndefined()
    expect(staleEdit({ _version: '3', text: 'meins', title: 'gleich' }, stored)).toEqual({
      storedVersion: 4,
      differences: [{ field: 'text', typed: 'meins', stored: 'neu' }],
    })
    expect(staleEdit({ text: 'neu', title: 'gleich' }, stored)?.differences).toEqual([])
  })
})

describe('days', () => {
  const three = (day: string, month: string, year: string) => {
    const fields = dateFields('since')
    return readDateFields({ [fields.day]: day, [fields.month]: month, [fields.year]: year }, 'since')
  }

  test('three fields make one day', () => {
    expect(three('3', '12', '2026')).toBe('2026-12-03')
    expect(three('٣', '١٢', '٢٠٢٦')).toBe('2026-12-03')
    expect(three('3', '12', '26')).toBe('2026-12-03')
    expect([
      three('', '', ''),
      three('3', '', '2026'),
      three('31', '2', '2026'),
      three('x', '1', '2026'),
      three('29', '2', '2027'),
    ]).toEqual(['', 'incomplete', 'impossible', 'impossible', 'impossible'])
    expect(readDateFields(fillDateFields('since', '2026-12-03'), 'since')).toBe('2026-12-03')
  })

  test('staff type as they speak', () => {
    const read = (text: string) => readStaffDay(text, '2026-01-10')
    expect([
      read('gestern'),
      read(' Heute '),
      read('3.12.'),
      read('3. 2.'),
      read('03.12.2024'),
      read('2026-02-01'),
    ]).toEqual(['2026-01-09', '2026-01-10', '2025-12-03', '2026-02-03', '2024-12-03', '2026-02-01'])
    const ahead = (text: string) => readStaffDay(text, '2026-11-23', 'ahead')
    expect([ahead('30.6.'), ahead('30.10.'), ahead('1.10.'), ahead('1.10.2026'), ahead('31.12')]).toEqual([
      '2027-06-30',
      '2026-10-30',
      '2027-10-01',
      '2026-10-01',
      '2026-12-31',
    ])
    expect([read('31.2.'), read('bald'), read('constructor')]).toEqual([undefined, undefined, undefined])
  })
})
