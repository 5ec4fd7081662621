import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/config/index.ts'

const folder = join(root, 'dist/assets')
const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
}

let manifest: Record<string, string> | undefined

/** The address of a built file, its content's hash in the name. Throws for one that was not built. */
export function assetUrl(name: string): string {
  manifest ??= JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  const built = manifest[name]
  if (!built) throw new Error(`${name} is no asset`)
  return `/assets/${built}`
}

export const hasAsset = (name: string): boolean => {
  manifest ??= JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  return name in manifest
}

interface File {
  readonly body: Buffer<ArrayBuffer>
  readonly encoding: string | undefined
}

const kept = new Map<string, File | undefined>()

function fileFor(name: string, encoding: 'br' | 'gzip' | undefined): File | undefined {
  const path = join(folder, encoding === 'br' ? `${name}.br` : encoding === 'gzip' ? `${name}.gz` : name)
  if (!kept.has(path))
    kept.set(path, existsSync(path) ? { body: readFileSync(path) as Buffer<ArrayBuffer>, encoding } : undefined)
  return kept.get(path)
}

/** Serves a built file, compressed beforehand, to be kept for ever: another content has another name. */
export function serveAsset(request: Request): Response {
  const name = /^\/assets\/([\w.-]+\.(css|js|woff2))$/.exec(new URL(request.url).pathname)
  if (!name?.[1]) return new Response(null, { status: 404 })
  const accepted = request.headers.get('accept-encoding') ?? ''
  const file =
    (/\bbr\b/.test(accepted) ? fileFor(name[1], 'br') : undefined) ??
    (/\bgzip\b/.test(accepted) ? fileFor(name[1], 'gzip') : undefined) ??
    fileFor(name[1], undefined)
  if (!file) return new Response(null, { status: 404 })
  const headers: Record<string, string> = {
    'content-type': types[name[2]!]!,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  }
  if (file.encoding) headers['content-encoding'] = file.encoding
  return new Response(file.body, { headers })
}
