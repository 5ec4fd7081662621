import { hiddenFields, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, MoreDetails, TextArea, TextField } from '#ui/index.ts'
import type { Agreement } from '../queries.ts'
import { mostClauses } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

export const Clauses = ({ agreement }: { agreement: Agreement }) => (
  <Card title={t('agreed')}>
    <ol>
      {agreement.clauses.map(({ who, what, dueOn, tell }) => (
        <li>
          <strong>{who}</strong>: {what}
          {dueOn && ` (${t('until', { day: formats('de').day(dueOn) })})`}
          <br />
          <span class="quiet">{tell ? t('tell.some', { tell }) : t('tell.none')}</span>
        </li>
      ))}
    </ol>
    {agreement.proof && <p class="quiet">{t('proof', { where: agreement.proof })}</p>}
  </Card>
)

interface Place {
  readonly visit: Visit
  readonly caseId: string
  readonly form: FormState
}

export const Sign = ({ visit, caseId, form }: Place) => (
  <Card title={t('sign')}>
    <p>{t('sign.lead')}</p>
    <Form action={addresses.casePage(visit.town, caseId, 'vereinbarung')} token={visit.token}>
      <TextField name="signedOn" label={t('sign.on')} hint={t('sign.hint')} form={form} short />
      <TextField name="proof" label={t('sign.proof')} form={form} optional />
      <Button name="do" value="sign">
        {t('sign.save')}
      </Button>{' '}
      <Button name="do" value="discard" look="secondary">
        {t('discard')}
      </Button>
    </Form>
  </Card>
)

/** Lines for what is there and two more; a click on "more" needs no script, it only opens what lies folded. */
export function Write({ visit, caseId, form, all }: Place & { all: readonly Agreement[] }) {
  const filled = Array.from({ length: mostClauses }, (_, index) => index + 1).filter(
    (n) =>
      form.values[`who-${n}`] || form.values[`what-${n}`] || form.errors.some(({ field }) => field.endsWith(`-${n}`)),
  )
  const open = Math.min(mostClauses, Math.max(2, ...filled.map((n) => n + 1)))
  const drafted = all.some(({ state }) => state === 'draft')
  const lines = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  const fields = (
    <>
      {all.some(({ state }) => state === 'signed') && <p>{t('state.change')}</p>}
      <Form action={addresses.casePage(visit.town, caseId, 'vereinbarung')} token={visit.token}>
        <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '0')} />
        {lines(1, open + 1).map((n) => (
          <Line n={n} form={form} />
        ))}
        {open < mostClauses && (
          <details>
            <summary>{t('more')}</summary>
            {lines(open + 1, mostClauses + 1).map((n) => (
              <Line n={n} form={form} />
            ))}
          </details>
        )}
        {!drafted && (
          <>
            <TextField name="signedOn" label={t('signed.on')} hint={t('signed.hint')} form={form} short optional />
            <TextField name="proof" label={t('sign.proof')} form={form} optional />
          </>
        )}
        <Button name="do" value="save" look={drafted ? 'secondary' : undefined}>
          {t(drafted ? 'save.draft' : 'save')}
        </Button>
      </Form>
    </>
  )
  const change = all.some(({ state }) => state === 'signed') && !drafted
  return change ? (
    <MoreDetails title={t('begin')} open={form.errors.some(({ field }) => field !== 'holding')}>
      {fields}
    </MoreDetails>
  ) : (
    <Card title={t(drafted ? 'save.draft' : 'card.make')}>{fields}</Card>
  )
}

const Line = ({ n, form }: { n: number; form: FormState }) => (
  <fieldset>
    <legend>{t('clause', { n })}</legend>
    <TextField name={`who-${n}`} label={t('who')} hint={n === 1 ? t('who.hint') : undefined} form={form} />
    <TextArea name={`what-${n}`} label={t('what')} form={form} rows={2} />
    <TextField name={`due-${n}`} label={t('due')} hint={n === 1 ? t('due.hint') : undefined} form={form} optional />
    <TextField name={`tell-${n}`} label={t('tell')} hint={n === 1 ? t('tell.hint') : undefined} form={form} optional />
  </fieldset>
)

export const Earlier = ({ all }: { all: readonly Agreement[] }) => {
  const old = all.filter(({ state }) => state === 'replaced')
  return old.length === 0 ? null : (
    <Card title={t('earlier')}>
      {old.map((agreement) => (
        <details>
          <summary>
            {t('earlier.one', {
              number: agreement.number,
              day: formats('de').day(agreement.signedOn ?? agreement.madeOn),
            })}
          </summary>
          <Clauses agreement={agreement} />
        </details>
      ))}
    </Card>
  )
}
