import { createInterface } from 'node:readline'
import { readEnvironment } from '#platform/config/index.ts'
import { checkPart, Installation, joinParts, KeyFileError } from '#platform/crypto/index.ts'
import { inSentences } from './backup-commands.ts'

type Part = Extract<ReturnType<typeof checkPart>, { ok: true }>

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Reads one part line by line until an empty line; a slip is named by its line and the part typed again. */
async function readPart(lines: AsyncIterator<string>, which: string): Promise<Part | undefined> {
  for (;;) {
    say(
      `Bitte tippen Sie den ${which} Teil des Wiederherstellungsblatts, Zeile für Zeile. Eine leere Zeile beendet ihn.`,
    )
    const typed: string[] = []
    let next = await lines.next()
    while (!next.done && (next.value.trim() !== '' || typed.length === 0)) {
      if (next.value.trim() !== '') typed.push(next.value)
      next = await lines.next()
    }
    if (typed.length === 0) return undefined
    const part = checkPart(typed)
    if (part.ok) return part
    say(`Zeile ${part.line} stimmt nicht. Bitte vergleichen Sie sie mit dem Blatt.`)
    if (next.done) return undefined
  }
}

/** `recover`: two typed parts write the key file back. A key file that is there already is never overwritten. */
export function recover(args: string[], input: NodeJS.ReadableStream = process.stdin): Promise<number> {
  return inSentences(async () => {
    if (args.length > 0) {
      process.stderr.write('Aufruf: recover\n')
      return 2
    }
    const env = readEnvironment()
    const reader = createInterface({ input })
    const lines = reader[Symbol.asyncIterator]()
    try {
      const first = await readPart(lines, 'ersten')
      const second = first && (await readPart(lines, 'zweiten'))
      if (!first || !second) {
        process.stderr.write('Es fehlt ein Teil. Es wurde nichts geschrieben.\n')
        return 1
      }
      const { fingerprint } = Installation.recover(env.BESONNEN_KEY_FILE, joinOf(first, second), [env.BESONNEN_DATA])
      say(`Die Schlüsseldatei ${env.BESONNEN_KEY_FILE} ist wieder da (${fingerprint}).`)
      return 0
    } finally {
      reader.close()
    }
  })
}

function joinOf(first: Part, second: Part): Buffer {
  try {
    return joinParts(first, second)
  } catch (error) {
    throw new KeyFileError((error as Error).message)
  }
}
