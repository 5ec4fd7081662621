import { createHash, createHmac, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { lock, MunicipalityKeys, SealBroken, unlock } from './sealing.ts'

/** What is wrong with the key file, as a sentence for the administrator. */
export class KeyFileError extends Error {}

interface KeyFile {
  readonly besonnen: 1
  /** Seals the keys of the municipalities. */
  readonly installation: string
  /** Hashes receipt codes; stands neither in the database nor in any backup. */
  readonly lookup: string
  /** Tells a changed character from a wrong file. */
  readonly check: string
}

const checkOf = (installation: string, lookup: string) =>
  createHash('sha256').update(`${installation}.${lookup}`).digest('hex').slice(0, 16)

function parse(path: string): KeyFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    if (
      file.besonnen !== 1 ||
      !/^[\w-]{43}$/.test(file.installation) ||
      !/^[\w-]{43}$/.test(file.lookup) ||
      file.check !== checkOf(file.installation, file.lookup)
    )
      throw new Error('shape')
    return file
  } catch {
    throw new KeyFileError(
      `Die Schlüsseldatei ${path} ist beschädigt oder keine Schlüsseldatei von Besonnen. Bitte legen Sie die richtige Datei dorthin.`,
    )
  }
}

/** The real place of a path, also when its last parts do not exist yet. */
function realPlace(path: string): string {
  const full = resolve(path)
  return existsSync(full) ? realpathSync(full) : resolve(realPlace(dirname(full)), full.slice(dirname(full).length + 1))
}

function assertOutside(path: string, folders: readonly string[]): void {
  const place = realPlace(path)
  const inside = folders.map(realPlace).find((folder) => place.startsWith(folder + sep))
  if (inside) {
    throw new KeyFileError(
      `Die Schlüsseldatei liegt im Ordner ${inside}. Wer diesen Ordner kopiert, hätte damit auch den Schlüssel. Bitte verschieben Sie die Datei und nennen Sie den neuen Ort mit BESONNEN_KEY_FILE.`,
    )
  }
}

function assertPrivate(path: string): void {
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new KeyFileError(
      `Die Schlüsseldatei ${path} ist für andere Konten lesbar (Rechte ${mode.toString(8)}). Bitte setzen Sie: chmod 400 ${path}`,
    )
  }
}

/** Opens, writes, and returns when the disk has it; a folder is synced so that its new name survives a power cut. */
function synced(path: string, flags: string, write: (handle: number) => unknown): void {
  const handle = openSync(path, flags, 0o400)
  try {
    write(handle)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The two secrets of an installation, from a file that lies outside everything that is backed up. */
export class Installation {
  readonly #installation: Buffer
  readonly #lookup: Buffer
  /** The same, made once: from bare bytes each hash takes five times as long. */
  readonly #lookupKey: KeyObject
  /** Says which key file a folder belongs to, and nothing about the key. */
  readonly fingerprint: string

  private constructor(file: Pick<KeyFile, 'installation' | 'lookup'>) {
    this.#installation = Buffer.from(file.installation, 'base64url')
    this.#lookup = Buffer.from(file.lookup, 'base64url')
    this.#lookupKey = createSecretKey(this.#lookup)
    this.fingerprint = createHash('sha256').update('fingerprint').update(this.#installation).digest('hex').slice(0, 16)
  }

  /** Makes a key file (0400), refuses to overwrite one, and returns when it is on the disk. */
  static create(path: string, forbiddenFolders: readonly string[] = []): Installation {
    const secret = () => randomBytes(32).toString('base64url')
    return Installation.#write(path, { installation: secret(), lookup: secret() }, forbiddenFolders)
  }

  /** Writes the key file back from the secret of the recovery sheet; never over another one. */
  static recover(path: string, secret: Buffer, forbiddenFolders: readonly string[] = []): Installation {
    const found = Installation.fromSecret(secret)
    const [installation, lookup] = [found.#installation, found.#lookup].map((bytes) => bytes.toString('base64url'))
    return Installation.#write(path, { installation: installation!, lookup: lookup! }, forbiddenFolders)
  }

  static #write(
    path: string,
    { installation, lookup }: Pick<KeyFile, 'installation' | 'lookup'>,
    forbiddenFolders: readonly string[],
  ): Installation {
    assertOutside(path, forbiddenFolders)
    if (existsSync(path))
      throw new KeyFileError(`Es gibt schon eine Schlüsseldatei ${path}; sie wird nicht überschrieben.`)
    const file: KeyFile = { besonnen: 1, installation, lookup, check: checkOf(installation, lookup) }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Written beside it first: a crash leaves either the whole file or none, and never overwrites one.
    const beside = `${path}.${randomBytes(6).toString('hex')}`
    synced(beside, 'wx', (handle) => writeSync(handle, `${JSON.stringify(file)}\n`))
    linkSync(beside, path)
    unlinkSync(beside)
    synced(dirname(path), 'r', () => undefined)
    return new Installation(file)
  }

  /** Reads the key file. Throws KeyFileError: missing, damaged, readable by others, or inside a forbidden folder. */
  static read(path: string, forbiddenFolders: readonly string[]): Installation {
    if (!existsSync(path)) {
      throw new KeyFileError(
        `Die Schlüsseldatei ${path} fehlt. Ohne sie lassen sich die Daten nicht öffnen. Bitte legen Sie sie zurück oder stellen Sie sie mit dem Wiederherstellungsblatt her.`,
      )
    }
    assertOutside(path, forbiddenFolders)
    assertPrivate(path)
    return new Installation(parse(path))
  }

  /** From the secret that two parts of the recovery sheet yield. */
  static fromSecret(secret: Buffer): Installation {
    if (secret.length !== 64) throw new KeyFileError('Die Teile des Wiederherstellungsblatts passen nicht zusammen.')
    return new Installation({
      installation: secret.subarray(0, 32).toString('base64url'),
      lookup: secret.subarray(32).toString('base64url'),
    })
  }

  /** Both secrets, for the recovery sheet only. */
  secret(): Buffer {
    return Buffer.concat([this.#installation, this.#lookup])
  }

  newMunicipality(id: number): { keys: MunicipalityKeys; wrapped: Buffer } {
    const key = randomBytes(32)
    return { keys: new MunicipalityKeys(id, key), wrapped: lock(this.#installation, this.#wrapping(id), key) }
  }

  /** Throws KeyFileError when the key file is not the one this municipality was founded with. */
  openMunicipality(id: number, wrapped: Buffer): MunicipalityKeys {
    try {
      return new MunicipalityKeys(id, unlock(this.#installation, this.#wrapping(id), wrapped))
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      throw new KeyFileError(
        `Diese Schlüsseldatei (${this.fingerprint}) gehört nicht zu diesen Daten. Bitte legen Sie die richtige Schlüsseldatei an ihren Ort.`,
      )
    }
  }

  /** Keyed hash under the lookup key: without the key file nobody can try codes out. */
  lookup(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#lookupKey)
      .update(JSON.stringify([purpose, value]))
      .digest()
  }

  /** 32 bytes for one purpose: passwords of the database roles, form tokens. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#installation, 'besonnen', purpose, 32))
  }

  #wrapping(id: number): Buffer {
    // The first byte is the version of the format, as in every other binding.
    return Buffer.from(`\u0001municipality-key|${id}`)
  }
}
