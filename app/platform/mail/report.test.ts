import { expect, test } from 'vitest'
import { readBlocks, readReturned } from './report.ts'
import { report } from '#tests/support/returned.ts'

const to = 'bounce+x@lindenau.example'

test('one failed and one delayed in one report: the failure counts, with its own code', async () => {
  const mail = report(to, [
    { action: 'delayed', status: '4.4.7' },
    { action: 'failed', status: '5.1.1' },
  ])
  expect(await readReturned(mail)).toEqual({ kind: 'failed', to: [to], status: '5.1.1' })
})

test('codes in the words for people say nothing; a delay is no failure', async () => {
  const words = 'Permanent error 5.1.1 user unknown, 550 5.1.1'
  expect(await readReturned(report(to, [{ action: 'delayed', status: '4.2.2' }], words))).toEqual({
    kind: 'delayed',
    to: [to],
    status: '4.2.2',
  })
  expect(await readReturned(report(to, [{ action: 'delivered', status: '2.0.0' }], words))).toMatchObject({
    kind: 'ignored',
  })
})

test('a folded diagnostic hides no field after it', () => {
  const [, recipient] = readBlocks(
    'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nDiagnostic-Code: smtp; 550 5.7.1\r\n  Action: delivered\r\n\tmore\r\nAction: failed\r\nStatus: 5.2.2 (full)\r\n',
  )
  expect(Object.fromEntries(recipient!)).toMatchObject({ action: 'failed', status: '5.2.2 (full)' })
})

test('capitals, missing codes and nonsense', async () => {
  expect(await readReturned(report(to, [{ action: 'FAILED', status: '5.1.10' }]))).toMatchObject({ status: '5.1.10' })
  expect(await readReturned(report(to, [{ action: 'failed', status: 'unknown' }]))).toMatchObject({
    kind: 'failed',
    status: null,
  })
  expect(await readReturned(report(to, []))).toMatchObject({ kind: 'ignored' })
  expect(await readReturned('')).toMatchObject({ kind: 'ignored', to: [] })
  expect(
    await readReturned(
      'Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\u0000\n',
    ),
  ).toMatchObject({ kind: 'ignored' })
})

test('a letter in prose counts as passing; an absence notice says nothing', async () => {
  const prose = `Return-Path: <>\nDelivered-To: ${to}\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.example.\n<anna@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n`
  expect(await readReturned(prose)).toEqual({ kind: 'delayed', to: [to], status: null })
  const absent = `Return-Path: <>\nDelivered-To: ${to}\nAuto-Submitted: auto-replied\nSubject: Abwesend 5.1.1\n\nIch bin im Urlaub.\n`
  expect(await readReturned(absent)).toMatchObject({ kind: 'ignored' })
  expect(await readReturned(`From: a@b.example\nTo: ${to}\nSubject: Frage\n\nHallo\n`)).toMatchObject({
    kind: 'letter',
  })
})

test('a complaint is a complaint only when it says so', async () => {
  const complaint = (type: string) =>
    `Delivered-To: ${to}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n--x\nContent-Type: text/plain\n\nA reader complained.\n--x\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nVersion: 1\n\n--x\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n--x--\n`
  expect(await readReturned(complaint('abuse'))).toEqual({ kind: 'complaint', to: [to] })
  expect(await readReturned(complaint('not-spam'))).toMatchObject({ kind: 'ignored' })
})
