import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'

export interface CaughtMail {
  readonly at: Date
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface MailCatcher {
  readonly url: string
  readonly mails: readonly CaughtMail[]
  stop(): Promise<void>
}

const kept = 200

/** A real SMTP server on this machine that keeps the last 200 mails for `/dev/mail` and passes nothing on. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: CaughtMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          const to = session.envelope.rcptTo.map((one) => one.address).join(', ')
          mails.unshift({
            at: new Date(),
            from: mail.from?.address ?? '',
            to,
            subject: mail.subject ?? '',
            text: mail.text ?? '',
          })
          mails.length = Math.min(mails.length, kept)
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, mails, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
