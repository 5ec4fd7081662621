import { readZip } from '../zip/index.ts'

/** Largest part of a document that is read, in bytes once unpacked. */
const most = 20 * 1024 * 1024
const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
/** Programs, controls and other files inside: none of them belongs into a letter. */
const carries = /vbaProject\.bin$|\/(?:activeX|embeddings|ctrlProps)\/|\.(?:bin|exe|vbs|js)$/iu
const written = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/u

/** A relation to something outside other than a link one clicks: a template or picture fetched on opening. */
const fetches = (rels: string) =>
  [...rels.matchAll(/<Relationship\b[^>]*>/gu)].some(
    ([one]) => /TargetMode\s*=\s*["']External["']/u.test(one) && !/Type\s*=\s*["'][^"']*\/hyperlink["']/u.test(one),
  )

const textOf = (xml: string) =>
  xml
    .replaceAll(/<\/w:p>|<w:(?:tab|br)\b[^>]*>/gu, ' ')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(?:amp|lt|gt|quot|apos);/gu, ' ')

/**
 * What is written in a DOCX, headers, footers and notes included. A fault for anything else: `kind` for what is no DOCX
 * or carries programs, other files or a template from elsewhere, `broken` for what cannot be read.
 */
export function docxText(bytes: Buffer): { readonly text: string } | { readonly fault: 'kind' | 'broken' } {
  const parts = readZip(bytes, most)
  if (!parts) return { fault: 'broken' }
  const types = parts.find(({ name }) => name === '[Content_Types].xml')?.read()
  if (!types?.toString('utf8').includes(main) || parts.some(({ name }) => carries.test(name))) return { fault: 'kind' }
  const texts: string[] = []
  for (const { name, read } of parts) {
    if (!name.endsWith('.rels') && !written.test(name)) continue
    const xml = read()?.toString('utf8')
    if (xml === undefined) return { fault: 'broken' }
    if (name.endsWith('.rels') && fetches(xml)) return { fault: 'kind' }
    if (written.test(name)) texts.push(textOf(xml))
  }
  return texts.length > 0 ? { text: texts.join(' ') } : { fault: 'broken' }
}
