import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'

export interface Signer {
  /** The domain that vouches, aligned with the sender's. */
  readonly domain: string
  readonly selector: string
  readonly key: KeyObject
}

/** Throws a sentence for the administrator unless it is an RSA key of 2048 bits or more (RFC 8301). */
export function signerOf(domain: string, selector: string, pem: string): Signer {
  if (!/^[a-z0-9.-]+$/i.test(domain) || !/^[a-z0-9._-]+$/i.test(selector))
    throw new Error('DKIM_DOMAIN oder DKIM_SELECTOR enthält Zeichen, die dort nicht erlaubt sind.')
  const key = createPrivateKey(pem)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < 2048)
    throw new Error('DKIM_KEY muss ein RSA-Schlüssel mit mindestens 2048 Bit sein.')
  return { domain: domain.toLowerCase(), selector, key }
}

/** Signed where present. What makes unsubscribing trustworthy (RFC 8058) is among them. */
const signed = [
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'list-id',
  'list-help',
  'list-owner',
  'list-archive',
  'list-post',
  'list-unsubscribe',
  'list-unsubscribe-post',
]

const relaxedField = (name: string, value: string) =>
  `${name}:${value
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`

/** RFC 6376, 3.4.4: blanks at line ends go, runs of blanks become one, empty lines at the end go. */
const relaxedBody = (body: string) => {
  const lines = body
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ (?=\r\n)/g, '')
    .replace(/(\r\n)+$/, '')
  return lines === '' ? '' : `${lines}\r\n`
}

/**
 * The mail with a DKIM signature before it (relaxed/relaxed, rsa-sha256, no l=). From stands twice in `h=`, so that a
 * second one cannot be added. The mail must be ASCII with CRLF, as `compose` makes it.
 */
export function signMail(mail: string, { domain, selector, key }: Signer, at: Date): string {
  const end = mail.indexOf('\r\n\r\n')
  const fields = new Map(
    mail
      .slice(0, end)
      .split(/\r\n(?![ \t])/)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1)]),
  )
  const names = signed.filter((name) => fields.has(name))
  const bodyHash = createHash('sha256')
    .update(relaxedBody(mail.slice(end + 4)), 'latin1')
    .digest('base64')
  const tags = [
    'v=1; a=rsa-sha256; c=relaxed/relaxed;',
    `d=${domain}; s=${selector}; t=${Math.floor(at.getTime() / 1000)};`,
    `h=${[...names, 'from']
      .join(':')
      .replaceAll(/(.{1,60}:)/g, '$1\r\n  ')
      .trim()};`,
    `bh=${bodyHash};`,
    'b=',
  ].join('\r\n ')
  const covered = [
    ...names.map((name) => relaxedField(name, fields.get(name)!)),
    relaxedField('dkim-signature', ` ${tags}`),
  ].join('\r\n')
  const signature = sign('sha256', Buffer.from(covered, 'latin1'), key).toString('base64')
  return `DKIM-Signature: ${tags}${signature.replaceAll(/.{70}/g, '$&\r\n  ')}\r\n${mail}`
}
