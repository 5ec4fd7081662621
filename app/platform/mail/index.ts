import './tables.ts'
export {
  batchState,
  forgetSettled,
  mailSettled,
  mailState,
  pauseBatch,
  queueMail,
  queueMails,
  resumeBatch,
} from './ledger.ts'
export type { MailState, NewDelivery, Priority } from './ledger.ts'
export type { CalendarPart, Letter, Mailbox, Picture } from './compose.ts'
export { checkProbe, probeFaults, probeMark } from './probe.ts'
export { boxIsRead, boxReads, lastProbe, sendProbe } from './probing.ts'
export type { ProbeFinding } from './probe.ts'
export { signerOf, type Signer } from './dkim.ts'
export { signing, SigningProbe, type Signing } from './signing.ts'
export { Postman } from './postman.ts'
export type { BulkLetters, LetterAbout, Letters, WriteLetter, WriteLetters, Written } from './postman.ts'
export { isMailAddress, smtpTransport } from './transport.ts'
export type { Handover, MailTransport, Posting, TransportOptions } from './transport.ts'
export { alert, nextMorning, noticeLetters, notify, remind, setGathered, wantsGathered } from './notices.ts'
export { emptyBox, ReturnedMail } from './box.ts'
export { calendarAnswered, leftByMail, mailReturned } from './returned.ts'
