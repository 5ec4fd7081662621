import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface Caught {
  /** The envelope's sender: where it would come back to. */
  readonly from: string
  readonly to: string[]
  readonly raw: string
  readonly mail: Email
}

export interface SmtpForTest {
  readonly url: URL
  readonly caught: Caught[]
  /** Asked for each recipient and each finished mail; a number is the status code to refuse with. */
  refuse: (what: 'rcpt' | 'data', to: string) => number | undefined
  /** The same for recipients with the server's own words, enhanced status code first. */
  answer: (to: string) => [number, string] | undefined
  /** Called when a mail has arrived whole, before the server says so. */
  onData: (mail: Caught) => void
  stop(): Promise<void>
}

const refusal = (code: number, words = 'no') => Object.assign(new Error(words), { responseCode: code })

/** A real mail server on this machine that keeps what it takes. */
export async function smtpForTest(): Promise<SmtpForTest> {
  const state: Pick<SmtpForTest, 'caught' | 'refuse' | 'answer' | 'onData'> = {
    caught: [],
    refuse: () => undefined,
    answer: () => undefined,
    onData: () => undefined,
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const answer = state.answer(address)
      if (answer) return done(refusal(...answer))
      const code = state.refuse('rcpt', address)
      done(code ? refusal(code) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const code = state.refuse('data', to[0] ?? '')
        if (code) return done(refusal(code))
        const raw = Buffer.concat(chunks)
        void PostalMime.parse(raw).then((mail) => {
          const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
          const caught = { from, to, raw: raw.toString(), mail }
          state.caught.push(caught)
          state.onData(caught)
          done()
        })
      })
    },
  })
  // A sender killed in the middle of a mail is what some tests are about.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return Object.assign(state, {
    url: new URL(`smtp://127.0.0.1:${port}`),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  })
}
