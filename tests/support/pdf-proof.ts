import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The programs a PDF is looked at with: none of ours, so that our own mistakes are seen (Debian: qpdf, poppler-utils). */
const programs = ['qpdf', 'pdfinfo', 'pdffonts', 'pdftotext'] as const
type Program = (typeof programs)[number]

/** Runs one of them; throws what it complained about. qpdf says 3 where it only warns, and that counts as well. */
function run(program: Program, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })
}

/** Those that are not on this machine. */
export const missingPrograms = (): Program[] =>
  programs.filter((program) => {
    try {
      run(program, program === 'qpdf' ? '--version' : '-v')
      return false
    } catch (error) {
      return (error as { code?: string }).code === 'ENOENT'
    }
  })

/** An element of the tree that readers are read: its kind, its text, how deep it stands. */
export interface Element {
  readonly kind: string
  readonly depth: number
  /** What it says itself, not what stands in it. */
  readonly text: string
  readonly attributes: readonly string[]
}

/** The tree as `pdfinfo -struct-text` prints it: two blanks a level, `"text"`, `/Attribute value`. */
function treeOf(printed: string): Element[] {
  const found: { kind: string; depth: number; text: string; attributes: string[] }[] = []
  for (const line of printed.split('\n')) {
    const said = line.trim()
    if (said.startsWith('"')) found.at(-1)!.text += said.slice(1, -1)
    else if (said.startsWith('/')) found.at(-1)?.attributes.push(said)
    else if (said !== '')
      found.push({ kind: /^\w+/u.exec(said)?.[0] ?? '', depth: line.search(/\S/u) / 2, text: '', attributes: [] })
  }
  return found
}

export interface Looked {
  /** Each line of `pdfinfo`. */
  readonly info: Readonly<Record<string, string>>
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean; readonly readable: boolean }[]
  readonly tree: readonly Element[]
  /** Everything that is no stream, unpacked, and the statement about itself (XMP). */
  readonly inside: string
  /** In the order in which it is read out. */
  readonly text: string
}

/** What other programs say of a PDF; throws when one of them finds it damaged. */
export function lookAt(bytes: Uint8Array): Looked {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-proof-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, bytes)
    run('qpdf', '--check', file)
    const info = run('pdfinfo', file).split('\n')
    const fonts = run('pdffonts', file).split('\n').slice(2).filter(Boolean)
    return {
      info: Object.fromEntries(info.flatMap((line) => [line.split(/:\s+/u) as [string, string]])),
      fonts: fonts.map((line) => {
        const words = line.trim().split(/\s+/u)
        const [embedded, , readable] = words.slice(-5)
        return { name: words[0]!, embedded: embedded === 'yes', readable: readable === 'yes' }
      }),
      tree: treeOf(run('pdfinfo', '-struct-text', file)),
      inside: run('qpdf', '--qdf', '--object-streams=disable', '--stream-data=uncompress', file, '-'),
      text: run('pdftotext', '-raw', file, '-'),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
