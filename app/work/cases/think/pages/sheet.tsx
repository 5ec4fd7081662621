import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { makePdf, pdfResponse } from '#platform/pdf/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { DataTable, Lead } from '#ui/index.ts'
import { modelVersion } from '#work/model/index.ts'
import { happened } from '../../pages/parts/line.tsx'
import { caseOf, partOf } from '../../pages/parts/load.ts'
import { entries, newestAssessment } from '../../queries/course.ts'
import { merged } from '../parties.ts'
import { partiesOf } from '../queries.ts'
import { nothing, sheetData, sheetOf, sheets, slugs, type Known, type Sheet } from '../sheets/sheets.ts'
import { template } from '../sheets/template.ts'
import { groupOf } from '../timeline.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle/{case}/arbeitsblatt`: all sheets; `?blatt=baum` one as PDF with what is known, `&leer=ja` empty. */
export async function get(visit: Visit): Promise<Response | View> {
  const sheet = sheetOf(visit.url.searchParams.get('blatt'))
  if (sheet) return print(visit, sheet, visit.url.searchParams.has('leer'))
  const found = await visit.tx((tx) => caseOf(tx, visit))
  const here = addresses.casePage(visit.town, found.id, 'arbeitsblatt')
  return partOf(visit, found, {
    title: t('sheet.title'),
    body: (
      <>
        <Lead>{t('sheet.lead')}</Lead>
        <DataTable
          caption={t('sheet.title')}
          columns={[t('sheet.name'), t('sheet.what'), t('sheet.print')]}
          rows={sheets.map((one) => [
            t(`sheet.${one}`),
            t(`sheet.${one}.lead`),
            <>
              <a href={`${here}?blatt=${slugs[one]}`}>
                {t('sheet.filled')}
                <span class="hidden-visually">: {t(`sheet.${one}`)}</span>
              </a>
              {' · '}
              <a href={`${here}?blatt=${slugs[one]}&leer=ja`}>
                {t('sheet.empty')}
                <span class="hidden-visually">: {t(`sheet.${one}`)}</span>
              </a>
            </>,
          ])}
        />
      </>
    ),
  })
}

const load = (visit: Visit): Promise<{ number: string; known: Known }> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const model = await modelVersion(tx, found.modelVersion)
    const parties = await partiesOf(tx, found.id, found.contentKey)
    const newest = await newestAssessment(tx, found.id, found.contentKey)
    const told = (await entries(tx, found.id, found.contentKey)).filter(({ kind }) => groupOf(kind) !== 'thought')
    const events = told.toReversed().map((entry) => ({
      day: formats('de').dayShort(berlinDay(entry.at)),
      text: [happened(entry, model), entry.note].filter(Boolean).join(': '),
    }))
    const depth = merged(newest?.depth ?? {}, parties)
    const known = { matter: found.matter, nextStep: newest?.nextStep ?? '', parties: parties.present, depth, events }
    return { number: found.number, known }
  })

async function print(visit: Visit, sheet: Sheet, empty: boolean): Promise<Response> {
  const { number, known } = await load(visit)
  const data = sheetData(sheet, empty ? nothing : known)
  const bytes = await makePdf({
    title: empty ? data.title : t('sheet.of', { title: data.title, number }),
    language: 'de',
    template,
    data,
    flipped: sheet === 'needs' || sheet === 'pillars',
    foot: empty
      ? visit.town.name
      : t('sheet.foot', { town: visit.town.name, number, day: formats('de').dayShort(visit.now) }),
  })
  return pdfResponse(bytes, `${slugs[sheet]}${empty ? '' : `-${number}`}.pdf`)
}
