import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** One environment variable: what it is for (German, for the generated table in docs/betrieb) and how it is read. */
interface Variable<T, D extends string | undefined = string | undefined> {
  readonly about: string
  readonly default: D
  readonly read: (text: string) => T
}

/** Thrown at start with every fault at once, so that an administrator mends them in one go. */
export class EnvironmentError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`Die Umgebung passt nicht:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const text = (value: string) => value

function port(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new Error('eine Zahl von 0 bis 65535')
  return number
}

function url(...schemes: string[]) {
  return (value: string): URL => {
    const parsed = URL.parse(value)
    if (!parsed || !schemes.includes(parsed.protocol)) {
      throw new Error(`eine Adresse, die mit ${schemes.map((scheme) => `${scheme}//`).join(' oder ')} beginnt`)
    }
    return parsed
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Signed-in people are told by this service: unprotected it may only lie on the same machine. */
function issuer(value: string): URL {
  const parsed = url('http:', 'https:')(value)
  if (parsed.protocol === 'http:' && !loopback.has(parsed.hostname))
    throw new Error('eine Adresse, die mit https:// beginnt')
  return parsed
}

const folder = (value: string) => resolve(value)
const list = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

const optional = <T>(about: string, read: (text: string) => T): Variable<T, undefined> => ({
  about,
  default: undefined,
  read,
})
const variable = <T>(about: string, read: (text: string) => T, fallback: string): Variable<T, string> => ({
  about,
  default: fallback,
  read,
})

/** Every variable the program reads; nothing else in the code looks at process.env. */
export const variables = {
  PORT: variable('Port, auf dem die Anwendung antwortet', port, '3000'),
  HOST: variable('Adresse, an die sie sich bindet', text, '127.0.0.1'),
  BESONNEN_URL: optional(
    'Öffentliche Adresse; alle Verweise in Mails und auf Plakaten entstehen daraus',
    url('http:', 'https:'),
  ),
  BESONNEN_DATA: variable('Ordner der eingebauten Datenbank und der Dateien', folder, '.data'),
  DATABASE_URL: optional(
    'Eigener PostgreSQL-Server (ab 15) statt der eingebauten Datenbank',
    url('postgres:', 'postgresql:'),
  ),
  BESONNEN_KEY_FILE: variable(
    'Schlüsseldatei; muss außerhalb von Daten- und Sicherungsordner liegen',
    folder,
    join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'besonnen', 'key'),
  ),
  BESONNEN_TRUSTED_PROXIES: variable('Adressen der Proxys, deren Angaben gelten, mit Komma getrennt', list, ''),
  SMTP_URL: optional('Mailserver, zum Beispiel smtp://mail.example:587', url('smtp:', 'smtps:')),
  MAIL_FROM: optional('Absender der Mails', text),
  BOUNCE_ADDRESS: optional('Postfach für zurückgekommene Mails; muss Zusätze nach + annehmen (postfach+x@…)', text),
  BOUNCE_IMAP_URL: optional(
    'Wie dieses Postfach gelesen wird: imaps://name:passwort@mail.example/INBOX',
    url('imap:', 'imaps:'),
  ),
  DKIM_DOMAIN: optional('Domäne, für die Mails hier unterschrieben werden; leer: das Relay unterschreibt', text),
  DKIM_SELECTOR: optional('Selektor des DKIM-Schlüssels', text),
  DKIM_KEY: optional('Privater DKIM-Schlüssel (RSA, PEM); am besten als DKIM_KEY_FILE', text),
  SMS_GATEWAY_URL: optional('Gegenstelle für SMS', url('http:', 'https:')),
  OIDC_ISSUER: optional('Anmeldedienst der Verwaltung (OpenID Connect)', issuer),
  OIDC_CLIENT_ID: optional('Kennung dieser Anwendung beim Anmeldedienst', text),
  OIDC_CLIENT_SECRET: optional('Geheimnis dieser Anwendung beim Anmeldedienst', text),
  OIDC_CLAIM: variable(
    'Angabe des Anmeldedienstes, die jemanden zulässt, zum Beispiel realm_access.roles',
    text,
    'groups',
  ),
  OIDC_CLAIM_VALUE: variable(
    'Was in dieser Angabe stehen muss; {town} ist der Kurzname der Kommune',
    text,
    'besonnen-{town}',
  ),
  METRICS_PORT: optional('Port der Messwerte, nur auf diesem Rechner erreichbar; leer: keine Messwerte', port),
  CHROMIUM_PATH: optional('Chromium für die Browsertests', text),
} satisfies Record<string, Variable<unknown>>

type Variables = typeof variables
export type Environment = {
  readonly [K in keyof Variables]:
    | ReturnType<Variables[K]['read']>
    | (Variables[K]['default'] extends string ? never : undefined)
}

/** The value itself, or the content of the file that NAME_FILE names (secrets of container platforms). */
function rawValue(name: string, source: NodeJS.ProcessEnv, faults: string[]): string | undefined {
  const file = source[`${name}_FILE`]
  if (name !== 'BESONNEN_KEY_FILE' && file) {
    if (source[name]) faults.push(`${name} und ${name}_FILE sind beide gesetzt; bitte nur eines.`)
    try {
      return readFileSync(file, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE nennt die Datei ${file}; sie lässt sich nicht lesen.`)
      return undefined
    }
  }
  return source[name] || undefined
}

/** Reads and checks all variables at once. Throws EnvironmentError naming every fault and what would be right. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const faults: string[] = []
  const result: Record<string, unknown> = {}
  for (const [name, { read, default: fallback }] of Object.entries(variables) as [string, Variable<unknown>][]) {
    const value = rawValue(name, source, faults) ?? fallback
    if (value === undefined) continue
    try {
      result[name] = read(value)
    } catch (error) {
      faults.push(`${name} ist „${value}“; erwartet wird ${(error as Error).message}.`)
    }
  }
  if (result.SMTP_URL && !result.MAIL_FROM)
    faults.push('SMTP_URL ist gesetzt, aber MAIL_FROM fehlt: Mails brauchen einen Absender.')
  const service = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const unset = service.filter((name) => !(name in result))
  // A value that was refused above is there, only wrong.
  const missing = unset.filter((name) => !source[name] && !source[`${name}_FILE`])
  if (unset.length < service.length && missing.length > 0)
    faults.push(`Für den Anmeldedienst fehlt noch ${missing.join(' und ')}.`)
  const signing = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY'].filter((name) => result[name])
  if (signing.length > 0 && signing.length < 3)
    faults.push('Zum Unterschreiben gehören DKIM_DOMAIN, DKIM_SELECTOR und DKIM_KEY zusammen; mindestens eines fehlt.')
  if (faults.length > 0) throw new EnvironmentError(faults)
  return result as Environment
}
