import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { Slip } from '../../pages/parts/slip.tsx'
import { askedFor, askParty } from '../commands/ask.ts'
import { askedOf, type Asked } from '../queries.ts'
import { asking } from '../schema.ts'
import { publicWords, words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly before: readonly Asked[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    return { found, before: await askedOf(tx, found.id, found.contentKey) }
  })

/** `/{town}/faelle/{case}/vereinbarung/nachfrage`: a link for a party; it is shown once. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const parsed = parseForm(asking, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const { party } = parsed.data
  const token = await visit.tx((tx) => askParty(tx, shown.found.id, party))
  const link = `${visit.origin}${addresses.askedLooks(visit.town, token)}`
  return view(visit, await load(visit), emptyForm(), { party, link })
}

const view = (visit: Visit, { found, before }: Shown, form: FormState, made?: { party: string; link: string }): View =>
  partOf(visit, found, {
    title: t('ask'),
    back: addresses.casePage(visit.town, found.id, 'vereinbarung'),
    body: (
      <>
        <ErrorSummary form={form} />
        <div class="no-print">
          <Lead>{t('ask.lead', { days: askedFor })}</Lead>
        </div>
        {made && (
          <Card title={t('ask.made', { party: made.party })} next>
            <Slip link={made.link} label={t('ask.qr')} title={(language) => publicWords(language)('looks.title')} />
            <p class="quiet no-print">{t('ask.once')}</p>
          </Card>
        )}
        <div class="no-print">
          <Form action={addresses.casePage(visit.town, found.id, 'vereinbarung/nachfrage')} token={visit.token}>
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
        </div>
      </>
    ),
  })

function how({ party, madeOn, untilOn, usedOn }: Asked, today: string): string {
  const { day } = formats('de')
  if (usedOn) return t('ask.answered', { party, day: day(usedOn) })
  return t(untilOn < today ? 'ask.late' : 'ask.open', { party, day: day(madeOn), until: day(untilOn) })
}
