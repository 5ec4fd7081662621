import { renderSVG } from 'uqr'
import { languages } from '#platform/i18n/index.ts'
import { makePdf } from '#platform/pdf/index.ts'
import { readingOffice, type Compiled } from '#work/model/index.ts'
import { writeHours } from '../office/times.ts'
import { publicWords, words } from './words.ts'

const t = words('de')
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export interface PosterOf {
  readonly town: string
  /** Where the form is, as it can be typed. */
  readonly address: string
  readonly model: Compiled
  /** PNG of the coat of arms, large. */
  readonly arms?: Uint8Array
}

/** "Mo–Do 8:00–12:00 · Fr 8:00–11:00": days with the same hours together. */
export function hoursLine({ model }: Compiled): string {
  const runs: { first: string; last: string; hours: string }[] = []
  for (const day of days) {
    const hours = writeHours(model.hours.weekly[day])
    const run = runs.at(-1)
    if (run && run.hours === hours) run.last = t(`day.${day}`)
    else runs.push({ first: t(`day.${day}`), last: t(`day.${day}`), hours })
  }
  return runs
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`}\u00a0${hours}`)
    .join(' · ')
}

/** The poster: what for, how to reach us, and one sentence in every language. PDF/UA, A4 or A3. */
export function poster({ town, address, model, arms }: PosterOf, sheet: 'a4' | 'a3'): Promise<Uint8Array> {
  const url = new URL(address)
  return makePdf({
    title: t('sheet.poster', { town }),
    language: 'de',
    sheet,
    template,
    data: {
      scale: sheet === 'a3' ? 1.41 : 1,
      town,
      arms: arms ? [...arms] : null,
      armsAlt: t('arms', { town }),
      head: t('head'),
      text: t('head.text'),
      qr: renderSVG(address, { border: 0 }),
      alt: t('qr', { address }),
      online: t('online'),
      address: url.host + url.pathname,
      phoneLabel: t('phone'),
      phone: readingOffice(model).reads.phone ?? '',
      hoursLabel: t('hours'),
      hours: hoursLine(model),
      danger: t('danger'),
      // German stands large above; the others follow, each from its own side.
      lines: languages
        .filter(({ id }) => id !== 'de')
        .map(({ id, lang, dir, name }) => ({ lang, dir, name, text: publicWords(id)('poster.line') })),
    },
  })
}

const template = `#set page(footer: none)
#let s = data.scale
#let size(n) = n * s * 1pt
#set text(size: size(13))
#let sign = text(size: size(17), weight: "semibold", data.town)
#if data.arms == none { sign } else {
  grid(columns: (auto, 1fr), gutter: size(14), align: horizon,
    image(bytes(data.arms), height: size(52), alt: data.armsAlt), sign)
}
#v(size(16))
#show heading.where(level: 1): set text(size: size(32), weight: "semibold", hyphenate: false)
= #data.head
#v(size(6))
#text(size: size(17), data.text)
#v(size(18))
#grid(columns: (size(180), 1fr), gutter: size(26),
  image(bytes(data.qr), format: "svg", width: size(180), alt: data.alt),
  [
    #data.online \\
    #text(size: size(18), weight: "semibold", hyphenate: false, data.address)
    #v(size(8))
    #if data.phone != "" [
      #data.phoneLabel \\
      #text(size: size(24), weight: "semibold", data.phone)
      #v(size(8))
    ]
    #data.hoursLabel \\
    #data.hours
  ])
#v(size(20))
#block(width: 100%, stroke: 1.4pt + black, inset: size(11), par(text(size: size(20), weight: "semibold", data.danger)))
#v(1fr)
#for line in data.lines {
  block(width: 100%, spacing: size(11), {
    set text(lang: line.lang, dir: if line.dir == "rtl" { rtl } else { ltr }, size: size(15.5))
    set align(start)
    par(line.text)
  })
}
`
