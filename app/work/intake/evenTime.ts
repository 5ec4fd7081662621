import { setTimeout as sleep } from 'node:timers/promises'

const least = 80

/** Lets every try of a code take the same time, whatever was found, unless the machine is slower than that. */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), sleep(least)])
  if (result.status === 'rejected') throw result.reason
  return result.value
}
