import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { docxResponse, letterDocx, letterPdf } from '#platform/letter/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { answerLetter } from '../letters.ts'
import { asText, readRequest } from './parts.tsx'

/** `/{town}/einsicht/{request}/schreiben`: the answer as PDF, `?als=docx` to go on writing in. Exists once decided. */
export async function get(visit: Visit): Promise<Response> {
  const { found, months } = await visit.tx(async (tx) => {
    const { found } = await readRequest(tx, visit)
    const period = (await modelInForce(tx)).model.retention['closed-case']
    return {
      found,
      months: 'months' in period ? period.months : Math.ceil(period.days / 30),
    }
  })
  if (!found.decision) throw new NotAllowed('letter', { hidden: true })
  const letter = answerLetter(found, visit.town.name, found.endedOn ?? berlinDay(visit.now), months, asText)
  const name = `Antwort-${found.number}`
  return visit.url.searchParams.get('als') === 'docx'
    ? docxResponse(await letterDocx(letter), `${name}.docx`)
    : pdfResponse(await letterPdf(letter), `${name}.pdf`)
}
