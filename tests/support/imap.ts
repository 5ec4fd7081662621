import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface ImapForTest {
  readonly url: URL
  /** What lies in the box, by its number. */
  readonly mails: Map<number, string>
  put(raw: string): void
  stop(): Promise<void>
}

/** The little of IMAP4rev1 (RFC 3501) that reading and emptying one box needs; refuses everything else. */
export async function imapForTest(): Promise<ImapForTest> {
  const mails = new Map<number, string>()
  const deleted = new Set<number>()
  let last = 0
  const numbersIn = (set: string) =>
    set.split(',').flatMap((part) => (part === '1:*' ? [...mails.keys()] : Number(part)))
  const answers: [RegExp, (match: RegExpExecArray) => string][] = [
    [/^CAPABILITY/, () => '* CAPABILITY IMAP4rev1 UIDPLUS\r\n'],
    [/^LOGIN "?bounce"? "?geheim"?/, () => ''],
    [/^(NOOP|ID|NAMESPACE)/, () => ''],
    [/^LIST/, () => '* LIST () "/" "INBOX"\r\n'],
    [
      /^SELECT/,
      () =>
        `* ${mails.size} EXISTS\r\n* FLAGS (\\Deleted)\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT ${last + 1}] ok\r\n`,
    ],
    [/^UID SEARCH ALL/, () => `* SEARCH ${[...mails.keys()].join(' ')}\r\n`],
    [
      /^UID FETCH (\S+)/,
      ([, set = '']) =>
        numbersIn(set)
          .map((uid) => {
            const raw = mails.get(uid) ?? ''
            const place = [...mails.keys()].indexOf(uid) + 1
            return `* ${place} FETCH (UID ${uid} BODY[]<0> {${Buffer.byteLength(raw)}}\r\n${raw})\r\n`
          })
          .join(''),
    ],
    [
      /^UID STORE (\S+) \+FLAGS/,
      ([, set = '']) => {
        for (const uid of numbersIn(set)) deleted.add(uid)
        return ''
      },
    ],
    [
      /^UID EXPUNGE (\S+)/,
      ([, set = '']) => {
        for (const uid of numbersIn(set)) if (deleted.has(uid)) mails.delete(uid)
        return ''
      },
    ],
    [/^(CLOSE|UNSELECT|LOGOUT)/, () => ''],
  ]
  const dialogue = (socket: Socket) => {
    let rest = ''
    socket.on('error', () => undefined)
    socket.write('* OK ready\r\n')
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(rest.slice(0, end)) ?? []
        rest = rest.slice(end + 2)
        const found = answers.find(([pattern]) => pattern.test(command))
        const data = found?.[1](found[0].exec(command)!)
        socket.write(data === undefined ? `${tag} BAD not here: ${command}\r\n` : `${data}${tag} OK done\r\n`)
        if (command.startsWith('LOGOUT')) socket.end()
      }
    })
  }
  const server = createServer(dialogue)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`imap://bounce:geheim@127.0.0.1:${port}/INBOX`),
    mails,
    put: (raw) => void mails.set((last += 1), raw.replaceAll(/\r?\n/g, '\r\n')),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
