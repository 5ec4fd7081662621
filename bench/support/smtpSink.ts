import { createServer, type Socket } from 'node:net'

/*
 * A mail server that takes everything and remembers who got how much; in a process of its own, so that its work is
 * not counted as the sender's. Tells its parent what it took five times a second, and at once when it is for
 * `dringend@…`.
 */
const taken = new Map<string, number>()
let total = 0
let changed = false

function dialogue(socket: Socket): void {
  let rest = ''
  let inData = false
  let to = ''
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.write('220 sink ESMTP\r\n')
  const take = () => {
    taken.set(to, (taken.get(to) ?? 0) + 1)
    total += 1
    changed = true
    if (to.startsWith('dringend@')) process.send?.({ urgentAt: Date.now() })
    socket.write('250 2.0.0 taken\r\n')
  }
  const answer = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return '250-sink\r\n250 8BITMIME\r\n'
    if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (verb === 'DATA') {
      inData = true
      return '354 go on\r\n'
    }
    return verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n'
  }
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    for (;;) {
      const end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const line = rest.slice(0, end)
      rest = rest.slice(end + (inData ? 5 : 2))
      if (inData) {
        inData = false
        take()
      } else socket.write(answer(line))
    }
  })
}

const connections = new Set<Socket>()
const port = Number(process.argv[2])
const open = () =>
  createServer((socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
    dialogue(socket)
  }).listen(port, '127.0.0.1')
let server = open()

process.on('message', (order: string) => {
  if (order === 'away') {
    server.close()
    for (const socket of connections) socket.destroy()
  }
  if (order === 'back') server = open()
  if (order === 'forget') {
    taken.clear()
    total = 0
  }
  if (order === 'report') {
    const counts = [...taken].filter(([to]) => !to.startsWith('dringend@')).map(([, count]) => count)
    process.send?.({ recipients: counts.length, doubled: counts.reduce((sum, count) => sum + count - 1, 0) })
  }
})
setInterval(() => {
  if (changed) process.send?.({ total })
  changed = false
}, 200)
process.send?.({ total: 0 })
