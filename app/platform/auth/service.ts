import type * as client from 'openid-client'
import { z } from 'zod'
import { revealWith, sealWith } from '../crypto/index.ts'

export interface ServiceSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** Name of the claim that admits, dots for claims within claims: `realm_access.roles`. */
  readonly claim: string
  /** What must stand in it; `{town}` is the municipality's short name. */
  readonly value: string
}

/** Who came back from the sign-in service. */
export interface Arrival {
  /** The service and its name for the person, together unique. */
  readonly subject: string
  readonly name: string
  /** Only when the service says that it belongs to her. */
  readonly mail: string | undefined
  readonly admitted: boolean
}

/** The service is not there, or its answer proves nothing. */
export class ServiceRefused extends Error {}

const begun = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() })
/** Loaded on first use: most installations sign in without such a service. */
const library = () => import('openid-client')

const patience = 10 * 60_000
/** Seconds the service has for each answer. */
const timeout = 5
const scope = 'openid profile email'

/** What stands in a claim, as a list of texts. */
function valuesOf(claims: object, path: string): string[] {
  let found: unknown = claims
  for (const part of path.split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined
  return [found].flat().filter((one) => typeof one === 'string')
}

/** The administration's own sign-in service: OpenID Connect, code flow with PKCE, state and nonce. */
export class SignInService {
  readonly #settings: ServiceSettings
  #found: Promise<client.Configuration> | undefined

  constructor(settings: ServiceSettings) {
    this.#settings = settings
  }

  /** Where to send the browser, and what it must bring back sealed (`kept`, good for ten minutes). */
  async begin(key: Buffer, town: string, back: string, now: Date): Promise<{ to: string; kept: string }> {
    const client = await library()
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
    const to = client.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: back,
      scope,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const text = JSON.stringify({ state, nonce, verifier, until: now.getTime() + patience })
    return { to: to.href, kept: sealWith(key, `service:${town}`, text).toString('base64url') }
  }

  /** Who came back to `url`. Throws ServiceRefused. */
  async finish(key: Buffer, town: string, url: URL, kept: string, now: Date): Promise<Arrival> {
    try {
      const { state, nonce, verifier, until } = begun.parse(
        JSON.parse(revealWith(key, `service:${town}`, Buffer.from(kept, 'base64url'))),
      )
      if (until < now.getTime()) throw new Error('too late')
      const client = await library()
      const tokens = await client.authorizationCodeGrant(await this.#configuration(), url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      return this.#arrival(tokens.claims()!, town)
    } catch (error) {
      throw error instanceof ServiceRefused ? error : new ServiceRefused('sign-in service', { cause: error })
    }
  }

  #arrival(claims: client.IDToken, town: string): Arrival {
    const { claim, value } = this.#settings
    const mail = claims.email_verified === true && typeof claims.email === 'string' ? claims.email : undefined
    return {
      subject: `${claims.iss}\0${claims.sub}`,
      name: (typeof claims.name === 'string' && claims.name.trim().slice(0, 200)) || mail || claims.sub,
      mail,
      admitted: valuesOf(claims, claim).includes(value.replaceAll('{town}', town)),
    }
  }

  /** Asked for when first needed, so that the program starts without the service; a failure is asked for again. */
  #configuration(): Promise<client.Configuration> {
    this.#found ??= this.#discover()
    return this.#found.catch((error: unknown) => {
      this.#found = undefined
      throw new ServiceRefused('sign-in service', { cause: error })
    })
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await library()
    // By itself the library trusts the connection to the service and leaves the token's signature unread.
    const execute = [enableNonRepudiationChecks]
    if (issuer.protocol === 'http:') execute.push(allowInsecureRequests)
    return discovery(issuer, clientId, clientSecret, undefined, { execute, timeout })
  }
}
