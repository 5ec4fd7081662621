import { makePdf } from '#platform/pdf/index.ts'
import { offered, numbersFor, say, type Compiled } from '#work/model/index.ts'
import { words } from './words.ts'

const t = words('de')

/** A question on paper: room to write, or boxes to tick. */
interface Question {
  readonly label: string
  /** Lines to write on. */
  readonly lines?: number
  readonly boxes?: readonly string[]
  /** One box for each digit, in groups. */
  readonly digits?: readonly number[]
}

/** The fields of the page "Neuer Eintrag", in its order: whoever copies the sheet never has to jump. */
export const entryFields = ['observed', 'channel', 'area', 'subject', 'contact', 'onBehalf', 'card', 'advice'] as const
type Field = (typeof entryFields)[number]

const doors = ['phone', 'counter', 'letter', 'mail', 'partner'] as const

function question(field: Field, model: Compiled): Question {
  const { areas, subjects } = offered(model, 'de', 'residents')
  const label = t(`field.${field}`)
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  const made: Record<Field, Question> = {
    observed: { label, lines: 5 },
    channel: { label, boxes: doors.map((door) => t(`channel.${door}`)) },
    area: { label, boxes: names(areas) },
    subject: { label, boxes: names(subjects) },
    contact: { label, lines: 2 },
    onBehalf: { label, lines: 1 },
    card: { label, digits: [6, 6, 6] },
    advice: { label, lines: 3 },
  }
  return made[field]
}

const sheet = (title: string, lead: string, town: string, questions: readonly Question[], numbers: readonly string[]) =>
  makePdf({
    title: `${title} · ${town}`,
    language: 'de',
    foot: t('foot.form'),
    template,
    data: { title, lead, town, questions, numbers, numbersLabel: t('call.numbers') },
  })

/** Blank, for visits and letters. */
export const entrySheet = (town: string, model: Compiled): Promise<Uint8Array> =>
  sheet(
    t('sheet.entry'),
    t('form.lead'),
    town,
    [{ label: t('field.when'), lines: 1 }, ...entryFields.map((field) => question(field, model))],
    [],
  )

/** Blank, beside the telephone: danger first, with the numbers; the way of coming in is known. */
export const callSheet = (town: string, model: Compiled): Promise<Uint8Array> =>
  sheet(
    t('sheet.call'),
    t('call.lead'),
    town,
    [
      { label: t('field.when'), lines: 1 },
      { label: t('field.danger'), boxes: [t('yes'), t('no')] },
      ...entryFields.filter((field) => field !== 'channel').map((field) => question(field, model)),
      { label: t('field.voicemail'), lines: 1 },
    ],
    numbersFor(model).map(({ label, number }) => `${say(label, 'de')}: ${number}`),
  )

const template = `#set text(size: 10pt)
#set par(leading: 0.55em, spacing: 0.7em)
#text(size: 9pt, data.town)
= #data.title
#data.lead
#if data.numbers.len() > 0 [
  #block(width: 100%, stroke: 0.8pt + black, inset: 6pt)[#par[*#data.numbersLabel:* #data.numbers.join(" · ")]]
]
#let box-empty = box(width: 9pt, height: 9pt, stroke: 0.8pt + luma(60), baseline: 1pt)
#for q in data.questions {
  block(breakable: false, width: 100%, above: 0.95em, {
    text(weight: "semibold", q.label)
    if "lines" in q {
      for i in range(q.lines) { block(width: 100%, height: 18pt, spacing: 0pt, stroke: (bottom: 0.5pt + luma(120))) }
    }
    if "boxes" in q {
      block(above: 0.6em, par(q.boxes.map(b => box[#box-empty #h(3pt) #b #h(12pt)]).join([ ])))
    }
    if "digits" in q {
      block(above: 0.6em, q.digits.map(n => range(n).map(i => box(width: 15pt, height: 18pt, stroke: 0.6pt + luma(60))).join()).join(h(12pt)))
    }
  })
}
`
