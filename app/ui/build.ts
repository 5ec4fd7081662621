import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../..')

/** Which letters come with which file, so that a browser fetches only those a page shows. */
const fonts = [
  {
    family: 'Fira Sans',
    weight: 400,
    file: 'fira-sans/files/fira-sans-latin-400-normal.woff2',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  {
    family: 'Fira Sans',
    weight: 600,
    file: 'fira-sans/files/fira-sans-latin-600-normal.woff2',
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  {
    family: 'Fira Sans',
    weight: 400,
    file: 'fira-sans/files/fira-sans-latin-ext-400-normal.woff2',
    range: 'U+0100-0130,U+0132-0151,U+0154-02AF,U+1E00-1EFF',
  },
  {
    family: 'Fira Sans',
    weight: 600,
    file: 'fira-sans/files/fira-sans-latin-ext-600-normal.woff2',
    range: 'U+0100-0130,U+0132-0151,U+0154-02AF,U+1E00-1EFF',
  },
  {
    family: 'Fira Sans',
    weight: 400,
    file: 'fira-sans/files/fira-sans-cyrillic-400-normal.woff2',
    range: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116',
  },
  {
    family: 'Fira Sans',
    weight: 600,
    file: 'fira-sans/files/fira-sans-cyrillic-600-normal.woff2',
    range: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116',
  },
  {
    family: 'Noto Sans Arabic',
    weight: 400,
    file: 'noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2',
    range: 'U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC',
  },
] as const

interface Asset {
  readonly name: string
  readonly content: Buffer
}

const hashed = (name: string, content: Buffer) =>
  name.replace(/(\.\w+)$/, `-${createHash('sha256').update(content).digest('hex').slice(0, 10)}$1`)

function fontFaces(): { css: string; assets: Asset[] } {
  const made = fonts.map(({ family, weight, file, range }) => {
    const content = readFileSync(join(root, 'node_modules/@fontsource', file))
    const name = hashed(basename(file), content)
    const css = `@font-face{font-family:'${family}';font-weight:${weight};font-style:normal;font-display:swap;src:url(${name}) format('woff2');unicode-range:${range}}`
    return { css, asset: { name, content } }
  })
  return { css: made.map(({ css }) => css).join('\n'), assets: made.map(({ asset }) => asset) }
}

/** Safari before 12.1 knows the sides of the inline axis only under names of its own. */
const forSafari = (css: string) =>
  css
    .replace(
      /(margin|padding)-inline-(start|end):[^;}]+/g,
      (found, what: string, side: string) => `-webkit-${what}-${side}:${found.slice(found.indexOf(':') + 1)};${found}`,
    )
    .replace(
      /border-inline-(start|end)((?:-color)?):[^;}]+/g,
      (found, side: string, part: string) =>
        `-webkit-border-${side}${part}:${found.slice(found.indexOf(':') + 1)};${found}`,
    )

/** The whole style sheet without the letters, as old browsers get it too. */
export async function styleSheet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'app/ui/styles/main.css')],
    bundle: true,
    minify: true,
    write: false,
    target: ['chrome70', 'safari12', 'firefox68'],
    logLevel: 'error',
  })
  return forSafari(outputFiles[0]!.text)
}

async function elements(): Promise<Asset[]> {
  const entries = globSync('app/ui/elements/*.ts', { cwd: root })
  if (entries.length === 0) return []
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome70', 'safari12', 'firefox68'],
    // All three know it; the builder doubts Safari for a fault in a corner nobody here comes to, and cannot rewrite it.
    supported: { destructuring: true },
    outdir: 'out',
    logLevel: 'error',
  })
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), content: Buffer.from(contents) }))
}

/**
 * Writes style sheet, fonts and elements with their hash in the name, each compressed beforehand, and
 * `manifest.json` that says which name became which.
 */
export async function buildAssets(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { css, assets } = fontFaces()
  const manifest: Record<string, string> = {}
  const write = (name: string, content: Buffer, compress: boolean) => {
    writeFileSync(join(folder, name), content)
    if (!compress) return
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
  }
  for (const { name, content } of assets) write(name, content, false)
  for (const { name, content } of [
    { name: 'styles.css', content: Buffer.from(`${css}\n${await styleSheet()}`) },
    ...(await elements()),
  ]) {
    manifest[name] = hashed(name, content)
    write(manifest[name], content, true)
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
}
