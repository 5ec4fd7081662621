import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const bytes = (length: number) =>
  length < 24 ? [0x40 + length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255]
const cborBytes = (data: Buffer) => Buffer.concat([Buffer.from(bytes(data.length)), data])
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

interface Asked {
  readonly challenge: string
  readonly rp?: { readonly id: string }
  readonly rpId?: string
}

export interface Behaviour {
  /** What the browser says about where it was asked. */
  readonly origin: string
  /** Whether it asked for finger or PIN. */
  readonly verified?: boolean
}

/** A device with one passkey, as the standard for passkeys describes it: ES256, no attestation. */
export class Authenticator {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #id = randomBytes(16)
  counter = 0
  readonly #counts: boolean

  /** `counts: false`: one that is kept on several devices and does not count its uses. */
  constructor({ counts = true } = {}) {
    this.#counts = counts
  }

  add(options: string, behaviour: Behaviour): string {
    const asked = JSON.parse(options) as Asked
    const { x, y } = this.#pair.publicKey.export({ format: 'jwk' })
    // A COSE key: kty EC2, alg ES256, curve P-256, both coordinates.
    const key = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x!, 'base64url')),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y!, 'base64url')),
    ])
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, key])
    const data = Buffer.concat([this.#data(asked.rp?.id ?? '', behaviour, 0x40), attested])
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(data),
    ])
    return this.#answer(asked, 'webauthn.create', behaviour, () => ({
      attestationObject: attestation.toString('base64url'),
    }))
  }

  enter(options: string, behaviour: Behaviour): string {
    const asked = JSON.parse(options) as Asked
    if (this.#counts) this.counter += 1
    const data = this.#data(asked.rpId ?? '', behaviour, 0)
    return this.#answer(asked, 'webauthn.get', behaviour, (client) => ({
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', Buffer.concat([data, sha256(client)]), this.#pair.privateKey).toString('base64url'),
    }))
  }

  #data(host: string, { verified = true }: Behaviour, more: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(host), Buffer.from([0x01 | (verified ? 0x04 : 0) | more]), counter])
  }

  #answer(
    { challenge }: Asked,
    type: string,
    { origin }: Behaviour,
    response: (client: Buffer) => Record<string, string>,
  ): string {
    const client = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
    const id = this.#id.toString('base64url')
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      response: { clientDataJSON: client.toString('base64url'), ...response(client) },
      clientExtensionResults: {},
    })
  }
}
