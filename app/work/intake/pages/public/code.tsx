import { emptyForm, europeanDigits, typed, withError } from '#platform/forms/index.ts'
import { parseReceiptCode } from '#platform/crypto/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { inEvenTime } from '../../evenTime.ts'
import { publicWords } from '../../words.ts'
import { enter, enteredCode, openBox } from './box.ts'
import { mailboxView } from './mailbox.tsx'
import { codeView } from './parts/codeForm.tsx'

/** `/{town}/rueckmeldung`: the mailbox when this browser has entered its code, else the page where one does. */
export async function get(visit: Visit): Promise<View> {
  const code = enteredCode(visit)
  const open = code && (await openBox(visit, code))
  if (!open) return codeView(visit, emptyForm())
  enter(visit, open.code)
  return mailboxView(visit, open, emptyForm())
}

/** Opens with a code. A slip of digits is told without a look-up. */
export async function post(visit: Visit): Promise<Response | View> {
  const t = publicWords(visit.language)
  const form = emptyForm(await visit.form())
  const digits = europeanDigits(typed(form, 'code')).replaceAll(/\D/g, '')
  const parsed = parseReceiptCode(digits)
  if (!parsed.ok) {
    const slip = parsed.why === 'check' ? t('code.slip') : t('code.length', { count: digits.length })
    return codeView(visit, withError(form, 'code', slip))
  }
  const open = await inEvenTime(() => openBox(visit, parsed.code))
  if (!open) return codeView(visit, withError(form, 'code', t('code.nothing')), true)
  enter(visit, parsed.code)
  const text = typed(form, 'text')
  return text ? mailboxView(visit, open, emptyForm({ text })) : redirect(addresses.mailbox(visit.town))
}
