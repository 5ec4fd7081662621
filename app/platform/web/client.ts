import type { Socket } from 'node:net'
import { createHmac, createSecretKey, randomBytes } from 'node:crypto'

const hour = 3600_000
let salt = createSecretKey(randomBytes(32))
let until = 0

/**
 * Who asks, as a keyed hash that lives for an hour at most and in memory only: good for counting, good for nothing
 * else. A proxy's word about the address counts only when the proxy is trusted by configuration.
 */
export function clientOf(
  remote: string | undefined,
  forwarded: string | undefined,
  trusted: readonly string[],
  now: number,
): string {
  if (now > until) {
    salt = createSecretKey(randomBytes(32))
    until = now + hour
  }
  const plain = (address: string) => address.replace(/^::ffff:/, '')
  const chain = (forwarded ?? '')
    .split(',')
    .map((part) => plain(part.trim()))
    .filter(Boolean)
  let address = plain(remote ?? '')
  while (trusted.includes(address) && chain.length > 0) address = chain.pop()!
  return createHmac('sha256', salt).update(address).digest('base64')
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|(?:\[::1\]|localhost|127\.\d+\.\d+\.\d+)(?::\d+)?)$/

/** Whether a request comes from this machine itself and was passed on by nobody. */
export const isNear = (remote: string | undefined, headers: Headers): boolean =>
  loopback.test((remote ?? '').replace(/^::ffff:/, '')) &&
  loopback.test(headers.get('host') ?? '') &&
  !['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'via'].some((name) => headers.has(name))

/** The address of this node for itself, from the end of a connection that is ours. */
export function selfOf(socket: Socket | undefined): string | undefined {
  if (!socket?.localAddress) return undefined
  const address = socket.localAddress.replace(/^::ffff:/, '')
  return `http://${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`
}
