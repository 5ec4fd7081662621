import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipFile {
  /** Path inside the archive with forward slashes; UTF-8, at most 65,535 bytes. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** "made with 2.0 of the format": deflate, nothing newer. */
const version = 20
/** Names are UTF-8. */
const utf8 = 0x0800
const deflated = 8
const stored = 0

/** Date and time of MS-DOS, two seconds fine. The archive says the calendar time it is handed, in UTC. */
const dosTime = (at: Date) => ({
  time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  date: (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
})

interface Member {
  readonly name: Buffer
  /** What local header and directory share: from "version needed" to the length of the extra field. */
  readonly shared: Buffer
  readonly body: Buffer
}

function memberOf({ name, bytes }: ZipFile, at: Date): Member {
  const path = Buffer.from(name)
  const small = deflateRawSync(bytes)
  const shrinks = small.length < bytes.length
  const body = shrinks ? small : Buffer.from(bytes)
  const { time, date } = dosTime(at)
  const shared = Buffer.alloc(26)
  shared.writeUInt16LE(version, 0)
  shared.writeUInt16LE(utf8, 2)
  shared.writeUInt16LE(shrinks ? deflated : stored, 4)
  shared.writeUInt16LE(time, 6)
  shared.writeUInt16LE(date, 8)
  shared.writeUInt32LE(crc32(bytes), 10)
  shared.writeUInt32LE(body.length, 14)
  shared.writeUInt32LE(bytes.length, 18)
  shared.writeUInt16LE(path.length, 22)
  return { name: path, shared, body }
}

function directoryEntry({ name, shared }: Member, offset: number): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(version, 4)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  return Buffer.concat([head, shared, tail, name])
}

/**
 * Packs files into one ZIP archive, in their order. For archives below 4 GiB and 65,535 files; throws beyond that, and
 * when a name is there twice or would leave the folder it is unpacked in.
 */
export function zipOf(files: readonly ZipFile[], at: Date): Uint8Array {
  const names = new Set(files.map(({ name }) => name))
  if (names.size !== files.length) throw new Error('a name is there twice')
  if (files.length > 65_535) throw new Error('too many files')
  for (const name of names)
    if (name === '' || name.startsWith('/') || name.split('/').includes('..')) throw new Error(`no name: ${name}`)
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const member = memberOf(file, at)
    const signature = Buffer.alloc(4)
    signature.writeUInt32LE(0x04034b50)
    const local = Buffer.concat([signature, member.shared, member.name, member.body])
    directory.push(directoryEntry(member, offset))
    parts.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  if (offset + list.length > 0xffff_ffff) throw new Error('too large')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...parts, list, end]))
}

/** The archive as a download that no browser keeps. */
export const zipResponse = (bytes: Uint8Array, name: string): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/gu, '-')}"`,
      'cache-control': 'no-store',
    },
  })
