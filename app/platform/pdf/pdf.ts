import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { root } from '../config/index.ts'
import type { Language } from '../i18n/index.ts'

/** What the thread is asked for and what it answers. */
export interface Order {
  readonly id: number
  readonly source: string
  /** What the sheet reads as `sys.inputs`; `data` is JSON. */
  readonly inputs: { readonly title: string; readonly foot: string; readonly data: string }
  readonly standard: 'ua-1' | 'a-2a'
}
export type Answer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly fault: string }

export interface Paper {
  /** Shown in the title bar of readers; PDF/UA demands it. */
  readonly title: string
  /** Language of the text, for hyphenation, screen readers and direction; `leicht` is German. */
  readonly language: Language
  /** Typst markup that reads `data`. Texts in `data` are never markup: whatever they contain is printed as it is. */
  readonly template: string
  readonly data: object
  /** Sheet, A4 unless told. */
  readonly sheet?: 'a3' | 'a4' | 'a5'
  readonly flipped?: boolean
  /** For files that are kept for good: PDF/A-2a, with this calendar day as its date, instead of PDF/UA-1. */
  readonly archived?: string
  /** Stands small at the foot of every page, before its number. */
  readonly foot?: string
}

/** A thread without work ends after so long; idle memory is a promise. */
const idle = 20_000

const asset = createRequire(join(root, 'package.json'))
/** From 0.3 on the package has its files in folders: an installation from before the pin still does. */
const arabic = (weight: string) => {
  const file = `NotoSansArabic_${weight}.ttf`
  const folder = dirname(asset.resolve('@expo-google-fonts/noto-sans-arabic/package.json'))
  return [join(folder, file), join(folder, weight, file)].find(existsSync) ?? join(folder, file)
}
const fontFiles = (): string[] => [
  ...['400Regular', '400Regular_Italic', '600SemiBold'].map((weight) =>
    asset.resolve(`@expo-google-fonts/fira-sans/${weight}/FiraSans_${weight}.ttf`),
  ),
  ...['400Regular', '600SemiBold'].map(arabic),
]

let thread: Worker | undefined
let last = 0
let end: NodeJS.Timeout | undefined
const open = new Map<number, { done: (bytes: Uint8Array) => void; failed: (reason: Error) => void }>()

function start(): Worker {
  // From source the thread is the file beside this one, from the bundle a bundle of its own.
  const file = import.meta.url.endsWith('.ts') ? join(import.meta.dirname, 'worker.ts') : join(root, 'dist', 'pdf.js')
  const made = new Worker(file, { workerData: fontFiles() })
  made.unref()
  made.on('message', (answer: Answer) => {
    const order = open.get(answer.id)
    open.delete(answer.id)
    if ('bytes' in answer) order?.done(answer.bytes)
    else order?.failed(new Error(`the sheet could not be set: ${answer.fault}`))
    if (open.size === 0) end = setTimeout(() => void stop(made), idle).unref()
  })
  made.on('error', (reason) => {
    for (const order of open.values()) order.failed(reason)
    open.clear()
    thread = undefined
  })
  return made
}

async function stop(which: Worker): Promise<void> {
  if (thread === which) thread = undefined
  await which.terminate()
}

/** What every sheet has: title, language, letters, margins, page numbers. */
function sourceOf({ language, sheet = 'a4', flipped = false, template, archived }: Paper): string {
  const [year, month, day] = (archived ?? '').split('-').map(Number)
  const date = archived ? `datetime(year: ${year}, month: ${month}, day: ${day})` : 'none'
  const lang = language === 'leicht' ? 'de' : language
  return `#let data = json(bytes(sys.inputs.data))
#set document(title: sys.inputs.title, date: ${date})
#set text(lang: "${lang}", font: ("Fira Sans", "Noto Sans Arabic"), size: 11pt, hyphenate: ${lang === 'de'})
#set page("${sheet}", flipped: ${flipped}, margin: (x: 2.2cm, top: 2cm, bottom: 2.2cm), footer: context [
  #set text(size: 8.5pt, fill: luma(70))
  #sys.inputs.foot #h(1fr) #counter(page).display("1 / 1", both: true)
])
// The weights there are files of ours for: the compiler takes any other one from the machine it runs on.
#set strong(delta: 0)
#show strong: set text(weight: 600)
#set par(leading: 0.7em, spacing: 1.1em)
#set table(stroke: 0.6pt + luma(150), inset: 7pt)
#show heading.where(level: 1): set text(size: 20pt, weight: "semibold")
#show heading.where(level: 2): set text(size: 14pt, weight: "semibold")
#show heading.where(level: 3): set text(size: 11pt, weight: "semibold")
${template}
`
}

/**
 * Sets an accessible PDF (PDF/UA-1, or tagged PDF/A-2a for the archive). Throws when the sheet is not accessible: a picture without alternative text, a heading
 * level left out. Pictures: `image(bytes(data.svg), format: "svg", alt: …)`, or bytes as a list of numbers.
 */
export function makePdf(paper: Paper): Promise<Uint8Array> {
  clearTimeout(end)
  thread ??= start()
  const id = ++last
  const { title, foot = '', data } = paper
  const inputs = { title, foot, data: JSON.stringify(data) }
  const order: Order = { id, source: sourceOf(paper), inputs, standard: paper.archived ? 'a-2a' : 'ua-1' }
  const worker = thread
  return new Promise((done, failed) => {
    open.set(id, { done, failed })
    worker.postMessage(order)
  })
}

/** The sheet as an answer that opens in the browser and is kept nowhere. */
export function pdfResponse(bytes: Uint8Array, name: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name.replace(/[^\w.-]+/gu, '-')}"`,
      'cache-control': 'no-store',
    },
  })
}
