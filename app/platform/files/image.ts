import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { root } from '../config/index.ts'

/** Width and height in pixels that a picture must fit into. */
export type Box = readonly [width: number, height: number]

/** Why a picture is not taken: of another kind than PNG or JPEG, too large, or damaged. */
export type PictureFault = 'kind' | 'size' | 'broken'

const patience = 15_000
const heads = {
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpeg: Buffer.from([0xff, 0xd8, 0xff]),
}

// From source the child is the file beside this one, from the bundle a bundle of its own.
const childFile = () =>
  import.meta.url.endsWith('.ts') ? join(import.meta.dirname, 'image-child.ts') : join(root, 'dist', 'image.js')

/** A picture we made; its size in pixels. */
export interface Made {
  readonly kind: 'png' | 'jpeg'
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/** The pictures in the answer of the child; undefined when it broke off. */
function split(answer: Buffer, count: number): Made[] | undefined {
  const pictures: Made[] = []
  for (let at = 0; at + 9 <= answer.length;) {
    const end = at + 9 + answer.readUInt32BE(at)
    if (end > answer.length) return undefined
    pictures.push({
      kind: answer.readUInt8(at + 4) === 1 ? 'jpeg' : 'png',
      bytes: answer.subarray(at + 9, end),
      width: answer.readUInt16BE(at + 5),
      height: answer.readUInt16BE(at + 7),
    })
    at = end
  }
  return pictures.length === count ? pictures : undefined
}

/**
 * Makes a picture anew, once for each box, in a process of its own that is ended after 15 seconds: nothing of the
 * uploaded bytes is kept or ever shown. drawing: PNG of few colours · best: PNG, or JPEG for a photograph. `most`:
 * largest upload in bytes.
 */
export async function picturesFrom(
  bytes: Uint8Array,
  boxes: readonly Box[],
  most: number,
  look: 'drawing' | 'best' = 'drawing',
): Promise<Made[] | { fault: PictureFault }> {
  if (bytes.length > most) return { fault: 'size' }
  if (!Object.values(heads).some((head) => head.equals(bytes.subarray(0, head.length)))) return { fault: 'kind' }
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', childFile(), look, ...boxes.map((box) => box.join('x'))],
    { cwd: root, env: {}, stdio: ['pipe', 'pipe', 'ignore'], timeout: patience, killSignal: 'SIGKILL' },
  )
  // A child that ends early closes its input; what it said or not is judged below.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve).on('error', () => resolve(null)))
  child.stdin.end(bytes)
  const [answer, code] = await Promise.all([buffer(child.stdout), ended])
  return (code === 0 && split(answer, boxes.length)) || { fault: 'broken' }
}
