import { formats } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { record } from '#platform/audit/index.ts'
import { makePdf, pdfResponse } from '#platform/pdf/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { openReport } from '../../queries.ts'
import { words } from '../../words.ts'
import { handedOf } from '../../queries/referrals.ts'
import { letterLines, recallText } from './parts/letter.tsx'

const t = words('de')

const template = `
= #data.title
#data.from \\
#data.day

#for line in data.lines [
  #block(breakable: true, par[*#line.label* \\ #line.text])
]

#data.close
`

interface Sheet {
  readonly title: string
  readonly from: string
  readonly day: string
  readonly lines: readonly { readonly label: string; readonly text: string }[]
  readonly close: string
}

export const letterSheet = (data: Sheet): Promise<Uint8Array> =>
  makePdf({ title: data.title, language: 'de', template, data })

/** What was handed over last, as it was handed over; once the yes to it was taken back, the letter that says so. */
async function handed(visit: Visit): Promise<Sheet> {
  const id = visit.params.report ?? ''
  const report = await visit.tx(async (tx) => {
    const found = await openReport(tx, id)
    if (found) await record(tx, 'letter-opened', `report:${id}`)
    return found
  })
  const [last] = handedOf(report?.referrals ?? [])
  if (!last) throw new NotAllowed('letter', { hidden: true })
  const day = formats('de').day(last.handedOn ?? berlinDay(visit.now))
  if (last.state === 'recalled')
    return {
      title: t('recall.letter'),
      from: visit.town.name,
      day: formats('de').day(berlinDay(visit.now)),
      lines: [
        { label: t('letter.to'), text: last.letter.to },
        { label: t('recall.label'), text: recallText(last) },
      ],
      close: t('recall.close'),
    }
  return {
    title: t('letter.title'),
    from: visit.town.name,
    day,
    lines: letterLines(last.letter),
    close: t('letter.close'),
  }
}

/** `/{town}/eingang/{report}/verweisung/brief` */
export async function sheet(visit: Visit): Promise<Response> {
  return pdfResponse(await letterSheet(await handed(visit)), 'uebergabe.pdf')
}

/** `/{town}/eingang/{report}/verweisung/text`: to be pasted into a mail of one's own. */
export async function text(visit: Visit): Promise<Response> {
  const { title, from, day, lines, close } = await handed(visit)
  const body = [title, `${from}, ${day}`, ...lines.map(({ label, text: said }) => `${label}:\n${said}`), close]
  return new Response(`${body.join('\n\n')}\n`, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="uebergabe.txt"',
      'cache-control': 'no-store',
    },
  })
}
