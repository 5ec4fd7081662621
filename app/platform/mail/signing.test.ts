import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { silentLog } from '../log/index.ts'
import { signerOf } from './dkim.ts'
import { checkSigning, publicPart, signing, SigningProbe, type ResolveTxt } from './signing.ts'

const pem = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const signer = signerOf('lindenau.example', 'b1', pem())
const other = signerOf('lindenau.example', 'b1', pem())
const p = publicPart(signer)

/** A name server that knows one name and answers in pieces of at most 255 bytes, as the protocol demands. */
const server =
  (...texts: string[]): ResolveTxt =>
  async (name) => {
    if (name !== 'b1._domainkey.lindenau.example') throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    return texts.map((text) => text.match(/.{1,255}/g)!)
  }

test.each([
  ['fits', [`v=DKIM1; k=rsa; p=${p}`]],
  ['fits', [`p=${p}`]],
  ['fits', ['v=spf1 -all', `v=DKIM1;h=sha1:sha256;s=*;t=y; p=${p.slice(0, 40)} ${p.slice(40)};`]],
  ['other', [`v=DKIM1; k=rsa; p=${publicPart(other)}`]],
  ['other', ['v=DKIM1; k=rsa; p=']],
  ['other', [`v=DKIM1; k=ed25519; p=${p}`]],
  ['other', [`v=DKIM1; h=sha1; p=${p}`]],
  ['other', [`v=DKIM1; s=tlsrpt; p=${p}`]],
] as const)('%s: %s', async (state, texts) => {
  expect(await checkSigning(signer, server(...texts))).toBe(state)
})

test('nothing there and nobody to ask are two things', async () => {
  const fail = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))
  expect(await checkSigning(signer, fail('ENOTFOUND'))).toBe('missing')
  expect(await checkSigning(signer, fail('ENODATA'))).toBe('missing')
  expect(await checkSigning(signer, fail('ETIMEOUT'))).toBe('unknown')
  expect(await checkSigning(signerOf('b.example', 'b1', pem()), server(`p=${p}`))).toBe('missing')
})

test('what was found last is kept for the page of the administrator', async () => {
  const probe = new SigningProbe(signer, silentLog, server(`p=${p}`))
  expect(signing()).toBeUndefined()
  await probe.look()
  expect(signing()).toEqual({ state: 'fits', name: 'b1._domainkey.lindenau.example' })
  probe.stop()
  expect(signing()).toBeUndefined()
})
