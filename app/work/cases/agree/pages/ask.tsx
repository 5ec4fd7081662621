import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, QrCode, TextField } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { askedFor, askParty } from '../commands/ask.ts'
import { askedOf, type Asked } from '../queries.ts'
import { asking } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly caseId: string
  readonly before: readonly Asked[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    return { caseId: found.id, before: await askedOf(tx, found.id, found.contentKey) }
  })

/** `/{town}/faelle/{case}/vereinbarung/nachfrage`: a link for a party; it is shown once. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const parsed = parseForm(asking, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const { party } = parsed.data
  const token = await visit.tx((tx) => askParty(tx, shown.caseId, party))
  const link = `${visit.origin}${addresses.askedLooks(visit.town, token)}`
  return view(visit, await load(visit), emptyForm(), { party, link })
}

const view = (visit: Visit, { caseId, before }: Shown, form: FormState, made?: { party: string; link: string }): View =>
  partOf(visit, caseId, {
    title: t('ask'),
    back: addresses.casePage(visit.town, caseId, 'vereinbarung'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('ask.lead', { days: askedFor })}</Lead>
        {made && (
          <Card title={t('ask.made', { party: made.party })} next>
            <p class="ltr breakable">{made.link}</p>
            <QrCode text={made.link} label={t('ask.qr')} />
            <p class="quiet">{t('ask.once')}</p>
          </Card>
        )}
        <Form action={addresses.casePage(visit.town, caseId, 'vereinbarung/nachfrage')} token={visit.token}>
          <TextField name="party" label={t('ask.party')} hint={t('ask.party.hint')} form={form} />
          <Button look={made ? 'secondary' : undefined}>{t('ask.make')}</Button>
        </Form>
        {before.length > 0 && (
          <Card title={t('ask.before')}>
            <ul>
              {before.map((one) => (
                <li>{how(one, berlinDay(visit.now))}</li>
              ))}
            </ul>
          </Card>
        )}
      </>
    ),
  })

function how({ party, madeOn, untilOn, usedOn }: Asked, today: string): string {
  const { day } = formats('de')
  if (usedOn) return t('ask.answered', { party, day: day(usedOn) })
  return t(untilOn < today ? 'ask.late' : 'ask.open', { party, day: day(madeOn), until: day(untilOn) })
}
