import { renderSVG } from 'uqr'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { makePdf, pdfResponse } from '#platform/pdf/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, TextField } from '#ui/index.ts'
import { makeCards } from '../../commands/cards.ts'
import { cardBatch } from '../../schema.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang/codekarten`: cards with a code each, to be handed out at the counter. */
export const get = (visit: Visit): View => view(visit, emptyForm({ count: '8' }))

export async function post(visit: Visit): Promise<View | Response> {
  const parsed = parseForm(cardBatch, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, parsed.state), status: 422, error: true }
  const { codes, until } = await visit.tx((tx) => makeCards(tx, parsed.data.count))
  const address = new URL(addresses.mailbox(visit.town), visit.origin).href
  return pdfResponse(await cardSheet({ town: visit.town.name, address, codes, until }), 'codekarten.pdf')
}

interface Cards {
  readonly town: string
  /** Of the page where a code is typed. */
  readonly address: string
  readonly codes: readonly string[]
  /** Last day on which a card may be bound, `YYYY-MM-DD`. */
  readonly until: string
}

export const cardSheet = ({ town, address, codes, until }: Cards): Promise<Uint8Array> =>
  makePdf({
    title: t('cards.sheet', { town }),
    language: 'de',
    template: sheet,
    data: {
      town,
      address,
      qr: renderSVG(address, { border: 0 }),
      alt: t('cards.qr', { address }),
      how: t('cards.how'),
      until: t('cards.until', { day: formats('de').day(until) }),
      label: t('cards.code'),
      codes: codes.map((code) => code.replaceAll(/(\d{6})(?=\d)/g, '$1 ')),
    },
  })

/** Eight cards a sheet, to be cut along the lines; the QR code leads to the page, never to a report. */
const sheet = `#set page(margin: 1cm, footer: none)
#grid(columns: (1fr, 1fr), rows: 6.7cm, stroke: (paint: luma(150), dash: "dashed"),
  ..data.codes.map(code => block(inset: 10pt, width: 100%, height: 100%, breakable: false)[
    #grid(columns: (1fr, 2.4cm), gutter: 8pt,
      par[#text(weight: "semibold", data.town) \\ #text(size: 9pt, data.how)],
      image(bytes(data.qr), format: "svg", width: 2.4cm, alt: data.alt))
    #v(4pt)
    #text(size: 9pt, data.label) \\
    #text(size: 17pt, weight: "semibold", number-width: "tabular", code)
    #v(2pt)
    #text(size: 8.5pt)[#data.address \\ #data.until]
  ]))
`

function view(visit: Visit, form: FormState): View {
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('cards.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('cards.lead')}</Lead>
        <Notice kind="info">{t('cards.once')}</Notice>
        <Form action={addresses.cards(visit.town)} token={visit.token}>
          <TextField name="count" label={t('cards.count')} hint={t('cards.count.hint')} form={form} short />
          <Button>{t('cards.make')}</Button>
        </Form>
      </>
    ),
  }
}
