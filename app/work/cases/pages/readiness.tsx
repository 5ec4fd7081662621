import { entitlementsOf } from '#platform/access/index.ts'
import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats, languageByName, nameOfLanguage } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkboxes, ErrorSummary, Form, Lead, Notice, Radios, TextField } from '#ui/index.ts'
import { modelInForce, say } from '#work/model/index.ts'
import { sayReadiness } from '../commands/readiness.ts'
import { heldOn, readinessOf } from '../queries/people.ts'
import { readiness, spoken, times } from '../schema.ts'
import { words } from '../words.ts'
import { mend } from './parts/load.ts'

const t = words('de')
const often = (code: string) => (spoken as readonly string[]).includes(code)

/** What she said of herself, and which proofs others have noted beside her name. */
async function load(tx: TenantTx, visit: Visit) {
  const own = visit.person?.id ?? ''
  const [said, shown, { model }] = await Promise.all([readinessOf(tx, own), entitlementsOf(tx, own), modelInForce(tx)])
  const proofs = shown.map(({ entitlement, seenOn, untilOn }) => {
    const name = say(model.entitlements.find(({ id }) => id === entitlement)?.name ?? { de: entitlement }, 'de')
    const until = untilOn ? formats('de').day(untilOn) : 'none'
    return t('readiness.proof', { name, day: formats('de').day(seenOn), until })
  })
  return { said, proofs }
}

/** `/{town}/faelle/bereitschaft`: what somebody who handles cases says of herself. */
export async function get(visit: Visit): Promise<View> {
  const { said, proofs } = await visit.tx((tx) => load(tx, visit))
  const known = said?.languages ?? []
  const others = known.filter((code) => !often(code)).map(nameOfLanguage)
  const holds = said && heldOn(said, berlinDay(visit.now))
  const form = emptyForm({
    time: holds?.time ?? '',
    hours: String(holds?.hours ?? ''),
    until: holds?.until ? formats('de').dayShort(holds.until) : '',
    languages: known.filter(often),
    others: others.join(', '),
  })
  return view(visit, form, proofs, said && { since: said.said_on, lapsed: holds ? undefined : said.until_on })
}

export async function post(visit: Visit): Promise<Response | View> {
  const { proofs } = await visit.tx((tx) => load(tx, visit))
  const raw = await visit.form()
  const parsed = parseForm(readiness, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, parsed.state, proofs), ...mend }
  const wrong = (field: string, message: string) => ({
    ...view(visit, withError(emptyForm(raw), field, message), proofs),
    ...mend,
  })
  const { time, hours, languages, others } = parsed.data
  const today = berlinDay(visit.now)
  const until = parsed.data.until && readStaffDay(parsed.data.until, today, 'ahead')
  if (parsed.data.until && (!until || until < today)) return wrong('until', t('missing.until'))
  const typed = others.split(/[,;]/).flatMap((name) => name.trim() || [])
  const unknown = typed.filter((name) => !languageByName(name))
  if (unknown.length > 0) return wrong('others', t('error.language', { names: formats('de').list(unknown) }))
  const all = new Set([...languages, ...typed.flatMap((name) => languageByName(name) ?? [])])
  await visit.tx((tx) => sayReadiness(tx, { time, hours, until, languages: [...all] }))
  return redirect(addresses.readiness(visit.town))
}

interface Said {
  /** Days, `YYYY-MM-DD`. */
  readonly since: string
  readonly lapsed: string | null | undefined
}

const view = (visit: Visit, form: FormState, proofs: readonly string[], said?: Said): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.cases(visit.town),
  title: t('readiness.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{said ? t('readiness.since', { day: formats('de').day(said.since) }) : t('readiness.none')}</Lead>
      {said?.lapsed && <Notice kind="waiting">{t('readiness.lapsed', { day: formats('de').day(said.lapsed) })}</Notice>}
      <p>{t('readiness.lead')}</p>
      <Form action={addresses.readiness(visit.town)} token={visit.token}>
        <Radios
          name="time"
          label={t('readiness.time')}
          form={form}
          options={times.map((value) => ({ value, label: t(`readiness.time.${value}`) }))}
        />
        <TextField
          name="hours"
          label={t('readiness.hours')}
          hint={t('readiness.hours.hint')}
          form={form}
          short
          optional
        />
        <TextField
          name="until"
          label={t('readiness.until')}
          hint={t('readiness.until.hint')}
          form={form}
          short
          optional
        />
        <Checkboxes
          name="languages"
          label={t('readiness.languages')}
          hint={t('readiness.languages.hint')}
          form={form}
          optional
          options={spoken.map((value) => ({ value, label: nameOfLanguage(value) }))}
        />
        <TextField name="others" label={t('readiness.others')} hint={t('readiness.others.hint')} form={form} optional />
        <Button>{t('readiness.save')}</Button>
      </Form>
      <Card title={t('readiness.proofs')}>
        {proofs.length === 0 ? (
          <p>{t('readiness.proofs.none')}</p>
        ) : (
          <ul>
            {proofs.map((proof) => (
              <li>{proof}</li>
            ))}
          </ul>
        )}
      </Card>
    </>
  ),
})
