import { parseSync } from 'oxc-parser'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

export interface Import {
  /** Both relative to the root, with forward slashes. */
  readonly from: string
  readonly to: string
}

const aliases: Record<string, string> = {
  '#platform/': 'app/platform/',
  '#ui/': 'app/ui/',
  '#work/': 'app/work/',
  '#engine/': 'app/engine/',
  '#app/': 'app/',
  '#demo/': 'demo/',
  '#tests/': 'tests/',
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
  const alias = Object.keys(aliases).find((one) => specifier.startsWith(one))
  return alias && aliases[alias] + specifier.slice(alias.length)
}

/** All imports of one module that stay inside the project, dynamic ones included. */
export function importsOf(file: string, source: string): Import[] {
  const { module } = parseSync(file, source)
  const specifiers = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((one) =>
      source.slice(one.moduleRequest.start, one.moduleRequest.end).replaceAll(/^['"`]|['"`]$/g, ''),
    ),
  ]
  return specifiers.flatMap((specifier) => {
    const to = resolve(file, specifier)
    return to ? [{ from: file, to }] : []
  })
}

/** The modules of app/ and demo/, tests left out. */
export function modules(root: string): { file: string; imports: Import[] }[] {
  return globSync('{app,demo}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => relative(root, join(root, path)))
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .map((file) => ({ file, imports: importsOf(file, readFileSync(join(root, file), 'utf8')) }))
}

/** Who may call whom among the fields of work, from above to below; a slice may skip steps. */
const order = [
  ['buildup', 'network', 'desk', 'people'],
  ['prevention'],
  ['recognition'],
  ['inspection'],
  ['intake'],
  ['cases'],
  ['qualification'],
  ['gatherings'],
  ['model'],
]
const height = (slice: string) => order.findIndex((step) => step.includes(slice))
const onlyModel = ['newsletter', 'handbook']

const sliceOf = (file: string) => /^app\/work\/([^/]+)\//.exec(file)?.[1]
const layerOf = (file: string) => /^app\/(platform|ui|engine)\//.exec(file)?.[1]
const direct = (file: string) => /^app\/[^/]+$/.test(file)

function betweenSlices({ from, to }: Import): string | undefined {
  const [caller, called] = [sliceOf(from), sliceOf(to)]
  if (!caller || !called || caller === called) return undefined
  if (to !== `app/work/${called}/index.ts`) return `slices meet at index.ts: ${from} → ${to}`
  if (onlyModel.includes(caller)) return called === 'model' ? undefined : `${caller} calls only model: ${from} → ${to}`
  return height(caller) < height(called) && height(caller) >= 0 ? undefined : `arrows run downward: ${from} → ${to}`
}

function throughFrontDoor({ from, to }: Import): string | undefined {
  const concern = /^app\/platform\/([^/]+)\//.exec(to)?.[1]
  if (!concern || from.startsWith('app/platform/') || from.startsWith('demo/') || direct(from)) return undefined
  const door = [`app/platform/${concern}/index.ts`, 'app/platform/db/tables.ts']
  return door.includes(to) ? undefined : `platform is entered by its front doors: ${from} → ${to}`
}

/** Which rule an import breaks, as a sentence; undefined when none. */
export function fault(one: Import): string | undefined {
  const { from, to } = one
  if (from.startsWith('app/') && to.startsWith('demo/')) return `nothing under app/ imports demo/: ${from} → ${to}`
  if (from.startsWith('app/') && direct(to) && to !== 'app/addresses.ts' && !direct(from))
    return `only files directly in app/ see everything: ${from} → ${to}`
  if (layerOf(from) && sliceOf(to)) return `platform, ui and engine know nothing of work: ${from} → ${to}`
  if (layerOf(from) === 'engine' && !to.startsWith('app/engine/')) return `the engine imports nothing: ${from} → ${to}`
  return betweenSlices(one) ?? throughFrontDoor(one)
}
