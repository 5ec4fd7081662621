import { randomInt } from 'node:crypto'

export type ReceiptCode =
  | { readonly ok: true; readonly code: string }
  /** length: not eighteen digits · digits: something that is no digit · check: a slip, the check digits disagree. */
  | { readonly ok: false; readonly why: 'length' | 'digits' | 'check' }

const payload = 16

/** ISO 7064 MOD 97-10: finds every wrong digit and every swap of two neighbours. */
const checkDigits = (digits: string) => String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0')

/** Sixteen random digits and two check digits. */
export function newReceiptCode(): string {
  let digits = ''
  while (digits.length < payload) digits += randomInt(1_000_000_000, 10_000_000_000).toString().slice(1)
  digits = digits.slice(0, payload)
  return digits + checkDigits(digits)
}

/** Where the decimal digits of a script begin; ten follow each other in Unicode. */
const zeros = [0x660, 0x6f0, 0x966, 0xff10]

function europeanDigit(letter: string): string {
  const point = letter.codePointAt(0) ?? 0
  const zero = zeros.find((one) => point >= one && point < one + 10)
  return zero === undefined ? letter : String(point - zero)
}

/** Reads a typed code: spaces and dashes anywhere, digits of any script. A slip is told without a look-up. */
export function parseReceiptCode(typed: string): ReceiptCode {
  const code = [...typed.replaceAll(/[\s\p{Pd}\p{Cf}.]/gu, '')].map(europeanDigit).join('')
  if (!/^\d*$/.test(code)) return { ok: false, why: 'digits' }
  if (code.length !== payload + 2) return { ok: false, why: 'length' }
  return BigInt(code) % 97n === 1n ? { ok: true, code } : { ok: false, why: 'check' }
}
