import { createHash } from 'node:crypto'
import { formats } from '#platform/i18n/index.ts'
import { docxText } from '#platform/files/index.ts'
import { letterPdf, type Letter } from '#platform/letter/index.ts'
import { zipOf, type ZipFile } from '#platform/zip/index.ts'
import type { CaseRecord, RecordPart } from '#work/cases/index.ts'
import { withoutSecret } from '../secrecy.ts'
import { words } from '../words.ts'

/** Somebody on the contact sheet, where it was asked for. */
export interface FiledContact {
  readonly role: string
  readonly name: string
  readonly ways: string
}

export interface Filing {
  readonly record: CaseRecord
  readonly office: string
  /** Calendar day. */
  readonly today: string
  /** Which file leads, as the model says. */
  readonly leads: { readonly leads: 'program' | 'other'; readonly name: string }
  /** Files that were given out in place of the words of a letter, by the letter's id. */
  readonly files: ReadonlyMap<string, { readonly kind: string; readonly bytes: Buffer }>
  readonly contacts?: readonly FiledContact[] | undefined
  readonly secret: (text: string) => boolean
}

const t = words('de')

const letterOf = (part: RecordPart, { office, secret }: Filing): Letter => ({
  title: part.title,
  language: 'de',
  from: office,
  dated: formats('de').day(part.day),
  blocks: [
    {
      kind: 'table',
      head: [t('file.what'), t('file.value')],
      rows: part.lines.map(({ label, text }) => [withoutSecret(label, secret), withoutSecret(text, secret)]),
    },
  ],
})

const contactsLetter = (contacts: readonly FiledContact[], { office, today }: Filing): Letter => ({
  title: t('file.contacts'),
  language: 'de',
  from: office,
  dated: formats('de').day(today),
  blocks: [
    {
      kind: 'table',
      head: [t('file.role'), t('file.name'), t('file.ways')],
      rows: contacts.map(({ role, name, ways }) => [role, name, ways]),
    },
  ],
})

interface Sheet {
  readonly id: string
  readonly day: string
  readonly letter: Letter
  readonly file?: { readonly kind: string; readonly bytes: Buffer } | undefined
}

/** A document of the archive with what the list says about it. */
interface Filed {
  readonly file: ZipFile
  readonly title: string
  readonly day: string
  readonly format: string
}

/** The list that goes with the documents; its fields are described in docs/betrieb/einsicht.md. */
const listOf = ({ record, office, today, leads, secret }: Filing, filed: readonly Filed[]) => ({
  format: 'besonnen-akte',
  fassung: 1,
  aktenzeichen: record.fileNumber ?? null,
  fallnummer: record.number,
  titel: withoutSecret(record.matter, secret),
  eroeffnetAm: record.openedOn,
  abgeschlossenAm: record.closedOn,
  ausgegebenAm: today,
  ausgegebenVon: office,
  fuehrendeAkte: { art: leads.leads === 'other' ? 'andere' : 'diese', name: leads.name },
  dokumente: filed.map(({ file, title, day, format }) => ({
    datei: file.name,
    titel: title,
    datum: day,
    format,
    bytes: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  })),
})

/**
 * A letter whose words speak of a mediation stays in the office; that it was given out stands in the course. A picture or
 * PDF cannot be searched: whoever laid it there has said that it does not.
 */
function leaves({ id, letter }: CaseRecord['letters'][number], { files, secret }: Filing): boolean {
  const file = files.get(id)
  if (!file) return !secret(JSON.stringify(letter))
  const read = file.kind === 'docx' && docxText(file.bytes)
  return !read || ('text' in read && !secret(read.text))
}

/**
 * The archive for the leading file: each document as PDF/A-2a, a letter that was changed before it was given out as it
 * was, and `akte.json` about them.
 */
export async function packCase(filing: Filing, now: Date): Promise<Uint8Array> {
  const { record, contacts, today } = filing
  const sheets: Sheet[] = [
    ...record.parts.map((part) => ({ id: part.id, day: part.day, letter: letterOf(part, filing) })),
    ...record.letters
      .filter((one) => leaves(one, filing))
      .map(({ id, givenOn, letter }, i) => ({
        id: `letter-${i + 1}`,
        day: givenOn,
        letter,
        file: filing.files.get(id),
      })),
    ...(contacts ? [{ id: 'contacts', day: today, letter: contactsLetter(contacts, filing) }] : []),
  ]
  const filed: Filed[] = []
  for (const [i, { id, day, letter, file }] of sheets.entries()) {
    const name = `dokumente/${String(i + 1).padStart(2, '0')}-${id}.${file?.kind ?? 'pdf'}`
    const bytes = file?.bytes ?? (await letterPdf(letter, day))
    filed.push({ file: { name, bytes }, title: letter.title, day, format: file?.kind.toUpperCase() ?? 'PDF/A-2a' })
  }
  const list = new TextEncoder().encode(`${JSON.stringify(listOf(filing, filed), null, 2)}\n`)
  return zipOf([{ name: 'akte.json', bytes: list }, ...filed.map(({ file }) => file)], now)
}
