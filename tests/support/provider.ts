import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Claims = Record<string, unknown>

interface Granted {
  readonly redirect: string
  readonly challenge: string
  readonly nonce: string
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A sign-in service as OpenID Connect Core and RFC 7636 describe it, without mercy: what a client leaves out or sends
 * twice is refused. `claims` says who signs in next; `forge` changes the token before or after it is signed.
 */
export class Provider {
  readonly clientId = 'besonnen'
  readonly clientSecret = 'geheim'
  readonly #pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  readonly #codes = new Map<string, Granted>()
  readonly #redirects: readonly string[]
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  claims: Claims = {}
  forge: { claims?: Claims; key?: KeyObject; header?: object } = {}

  constructor(redirects: readonly string[]) {
    this.#redirects = redirects
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What a browser does with the address it is sent to: signs in there and comes back. Throws when it is refused. */
  visit(address: string): string {
    const asked = new URL(address)
    const given = asked.searchParams
    if (asked.origin !== this.issuer || asked.pathname !== '/authorize') throw new Error('no such page')
    const one = (name: string) => {
      if (given.getAll(name).length !== 1) throw new Error(`${name} once`)
      return given.get(name) ?? ''
    }
    if (one('client_id') !== this.clientId || one('response_type') !== 'code') throw new Error('unknown client')
    if (!this.#redirects.includes(one('redirect_uri'))) throw new Error('redirect not registered')
    if (!one('scope').split(' ').includes('openid')) throw new Error('scope')
    if (one('code_challenge_method') !== 'S256' || one('code_challenge').length !== 43) throw new Error('PKCE')
    if (one('state').length < 22 || one('nonce').length < 22) throw new Error('state or nonce')
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, { redirect: one('redirect_uri'), challenge: one('code_challenge'), nonce: one('nonce') })
    const back = new URL(one('redirect_uri'))
    back.search = String(new URLSearchParams({ code, state: one('state') }))
    return back.pathname + back.search
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/.well-known/openid-configuration') return void send(200, this.#metadata())
    if (request.url === '/jwks') {
      const jwk = this.#pair.publicKey.export({ format: 'jwk' })
      return void send(200, { keys: [{ ...jwk, kid: 'one', alg: 'RS256', use: 'sig' }] })
    }
    if (request.url?.startsWith('/authorize?')) {
      const asked = new URL(request.url, this.issuer)
      const back = new URL(this.visit(asked.href), asked.searchParams.get('redirect_uri')!)
      return void response.writeHead(302, { location: back.href }).end()
    }
    if (request.url !== '/token' || request.method !== 'POST') return void send(404, {})
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const error = this.#redeem(new URLSearchParams(body))
    return void (typeof error === 'string' ? send(400, { error }) : send(200, error))
  }

  #redeem(form: URLSearchParams): string | object {
    if (form.get('client_id') !== this.clientId || form.get('client_secret') !== this.clientSecret)
      return 'invalid_client'
    const granted = this.#codes.get(form.get('code') ?? '')
    this.#codes.delete(form.get('code') ?? '')
    if (form.get('grant_type') !== 'authorization_code' || !granted) return 'invalid_grant'
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (granted.redirect !== form.get('redirect_uri') || granted.challenge !== proof) return 'invalid_grant'
    return { access_token: 'none', token_type: 'Bearer', expires_in: 60, id_token: this.#token(granted.nonce) }
  }

  #token(nonce: string): string {
    const now = Math.floor(Date.now() / 1000)
    const base = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 300, nonce }
    const head = { alg: 'RS256', typ: 'JWT', kid: 'one', ...this.forge.header }
    const text = `${encode(head)}.${encode({ ...base, ...this.claims, ...this.forge.claims })}`
    if (head.alg === 'none') return `${text}.`
    return `${text}.${sign('sha256', Buffer.from(text), this.forge.key ?? this.#pair.privateKey).toString('base64url')}`
  }

  #metadata(): object {
    const { issuer } = this
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }
  }
}
