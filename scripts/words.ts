import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { compileMessage, languages } from '../app/platform/i18n/index.ts'

const root = join(import.meta.dirname, '..')

/** Words the program never says to anybody (house rule), as whole words or beginnings of compounds. */
const forbidden =
  /(?<!\p{L})(Täter|Gefährder|Brennpunkt|Problemviertel|Tickets?(?!\p{L})|Items?(?!\p{L})|Users?(?!\p{L})|Submit|Dashboard|Workflow)|!/iu

/** Keys made from a value ("form.often." + choice) are found by the part before it. */
interface Used {
  readonly whole: ReadonlySet<string>
  readonly beginnings: readonly string[]
  readonly endings: readonly string[]
}

const read = (file: string): Record<string, string> => JSON.parse(readFileSync(file, 'utf8'))

/** Two keys of the same name in one file: JSON keeps the last and says nothing. */
function doubleKeys(file: string): string[] {
  const keys = [...readFileSync(file, 'utf8').matchAll(/(?:^|[{,])\s*"((?:[^"\\]|\\.)+)"\s*:/gm)].map(
    ([, key]) => key ?? '',
  )
  return keys.filter((key, index) => keys.indexOf(key) !== index)
}

function argumentsOf(text: string): string {
  return [...compileMessage(text, 'de').arguments].toSorted().join(', ')
}

/** One text by itself: does it compile, does it say anything we never say. */
function faultsOfText(where: string, text: unknown): string[] {
  if (typeof text !== 'string') return [`${where}: not a text`]
  if (text.trim() === '') return [`${where}: empty`]
  const faults: string[] = []
  try {
    argumentsOf(text)
  } catch (error) {
    faults.push(`${where}: ${(error as Error).message}`)
  }
  const word = forbidden.exec(text)
  if (word) faults.push(`${where}: “${word[0]}” is never said`)
  return faults
}

/** One set of words (staff or public) of a folder, in all its languages. */
function faultsOfSet(folder: string, prefix: '' | 'public.', used: Used): string[] {
  const fileOf = (language: string) => join(folder, `${prefix}${language}.json`)
  if (!existsSync(fileOf('de'))) return []
  const german = read(fileOf('de'))
  const faults = Object.keys(german)
    .filter(
      (key) =>
        !used.whole.has(key) &&
        !used.beginnings.some((beginning) => key.startsWith(beginning)) &&
        !used.endings.some((ending) => key.endsWith(ending)),
    )
    .map((key) => `${relative(root, fileOf('de'))} ${key}: used nowhere`)
  for (const { id } of languages) {
    const file = fileOf(id)
    const name = relative(root, file)
    if (!existsSync(file)) {
      if (prefix === 'public.') faults.push(`${name}: missing; public words exist in all languages`)
      continue
    }
    const texts = read(file)
    faults.push(...doubleKeys(file).map((key) => `${name} ${key}: twice`))
    for (const [key, text] of Object.entries(texts)) {
      const own = faultsOfText(`${name} ${key}`, text)
      faults.push(...own)
      const original = german[key]
      if (original === undefined) faults.push(`${name} ${key}: unknown in German`)
      else if (own.length === 0 && argumentsOf(text) !== argumentsOf(original)) {
        faults.push(`${name} ${key}: inserts {${argumentsOf(text)}}, German {${argumentsOf(original)}}`)
      }
    }
    if (prefix === 'public.') {
      const missing = Object.keys(german).filter((key) => texts[key] === undefined)
      faults.push(...missing.map((key) => `${name} ${key}: missing`))
    }
  }
  return faults
}

/** What the code around a locales folder says: every literal, and the beginnings of templates. */
function usedIn(files: readonly string[]): Used {
  const whole = new Set<string>()
  const beginnings: string[] = []
  const endings: string[] = []
  for (const file of files) {
    const { program } = parseSync(file, readFileSync(file, 'utf8'))
    new Visitor({
      Literal(node) {
        if (typeof node.value === 'string') whole.add(node.value)
      },
      TemplateElement() {},
      TemplateLiteral(node) {
        const begin = node.quasis[0]?.value.cooked ?? ''
        if (node.quasis.length === 1) whole.add(begin)
        else if (begin.includes('.')) beginnings.push(begin)
        else if (begin === '') endings.push(node.quasis.at(-1)?.value.cooked ?? '')
      },
    }).visit(program)
  }
  return { whole, beginnings, endings: endings.filter((end) => end.includes('.')) }
}

/** Text between tags, and in attributes people read, belongs into locales: anything with two letters in a row. */
export function textsInMarkup(file: string, source: string): string[] {
  const faults: string[] = []
  const spoken = new Set(['alt', 'title', 'placeholder', 'aria-label', 'label', 'hint', 'heading', 'lead'])
  const say = (text: string) => {
    if (/\p{L}{2}/u.test(text)) faults.push(`${file}: “${text.trim().slice(0, 60)}” belongs into locales`)
  }
  new Visitor({
    JSXText: (node) => say(node.value),
    JSXAttribute(node) {
      if (node.name.type !== 'JSXIdentifier' || !spoken.has(node.name.name)) return
      if (node.value?.type === 'Literal' && typeof node.value.value === 'string') say(node.value.value)
    },
  }).visit(parseSync(file, source).program)
  return faults
}

/** All faults in the words below a folder (relative names), empty when there are none. */
export function checkWords(base = root): string[] {
  const faults: string[] = []
  for (const folder of globSync('{app,demo}/**/locales', { cwd: base })) {
    // The frame's words are put together by the shell, which stands above ui.
    const around = dirname(folder) === 'app/ui' ? ['app/*.tsx'] : []
    const code = globSync([`${dirname(folder)}/**/*.{ts,tsx}`, ...around], {
      cwd: base,
      exclude: (name) => name.includes('.test.'),
    })
    const used = usedIn(code.map((file) => join(base, file)))
    faults.push(...faultsOfSet(join(base, folder), '', used), ...faultsOfSet(join(base, folder), 'public.', used))
  }
  // The demo speaks German only and is no part of the product.
  for (const file of globSync('app/**/*.tsx', { cwd: base, exclude: (name) => name.includes('.test.') })) {
    faults.push(...textsInMarkup(file, readFileSync(join(base, file), 'utf8')))
  }
  return faults
}

if (import.meta.main) {
  const faults = checkWords()
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? 'words: in order' : `words: ${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
