import { crc32, inflateRawSync } from 'node:zlib'

export interface Packed {
  readonly name: string
  /** Bytes once unpacked, as the archive says. */
  readonly size: number
  /** Its bytes; undefined when it is damaged or larger than it may be. */
  readonly read: () => Buffer | undefined
}

const [ofEnd, ofEntry, ofFile] = [0x06054b50, 0x02014b50, 0x04034b50]

/** Where the directory stands, from the last record of its kind. */
function directoryOf(zip: Buffer): { readonly at: number; readonly count: number } | undefined {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--)
    if (zip.readUInt32LE(at) === ofEnd) return { at: zip.readUInt32LE(at + 16), count: zip.readUInt16LE(at + 10) }
  return undefined
}

/**
 * What a ZIP archive lists, nothing unpacked yet; each file is unpacked alone and never to more than `most` bytes,
 * whatever the archive says. Undefined for what is no whole archive, is encrypted or of the newer, larger kind.
 */
export function readZip(zip: Buffer, most: number): Packed[] | undefined {
  try {
    const directory = directoryOf(zip)
    if (!directory) return undefined
    const found: Packed[] = []
    let { at } = directory
    for (let n = 0; n < directory.count; n++) {
      if (zip.readUInt32LE(at) !== ofEntry || (zip.readUInt16LE(at + 8) & 1) === 1) return undefined
      const method = zip.readUInt16LE(at + 10)
      const [sum, packed, size] = [16, 20, 24].map((field) => zip.readUInt32LE(at + field)) as [number, number, number]
      const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
        number,
        number,
        number,
      ]
      const start = zip.readUInt32LE(at + 42)
      found.push({
        name: zip.toString('utf8', at + 46, at + 46 + name),
        size,
        read: () => unpacked(zip, { start, packed, method, sum }, most),
      })
      at += 46 + name + extra + comment
    }
    return found
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

interface Place {
  readonly start: number
  readonly packed: number
  readonly method: number
  readonly sum: number
}

function unpacked(zip: Buffer, { start, packed, method, sum }: Place, most: number): Buffer | undefined {
  try {
    if (zip.readUInt32LE(start) !== ofFile) return undefined
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const body = zip.subarray(from, from + packed)
    const bytes = method === 8 ? inflateRawSync(body, { maxOutputLength: most }) : method === 0 ? body : undefined
    return bytes && bytes.length <= most && crc32(bytes) === sum ? bytes : undefined
  } catch {
    // Damaged, or it would have become larger than it may.
    return undefined
  }
}
