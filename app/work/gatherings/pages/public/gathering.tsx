import { asDownload } from '#platform/files/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { makePdf, pdfResponse } from '#platform/pdf/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Lead, Notice, SummaryList } from '#ui/index.ts'
import { registrationOpen } from '../../commands/register.ts'
import { fileOf, filesOf, type FileEntry } from '../../commands/files.ts'
import { slugOf } from '../../commands/plan.ts'
import { counts, type GatheringRow } from '../../commands/store.ts'
import { bySlug, laterDates } from '../../queries.ts'
import { inTime, seatFor } from '../../rules.ts'
import { fileText, summaryIn, titleIn, whenText, whereText } from '../../sentences.ts'
import { publicWords } from '../../words.ts'

/** The gathering of the address; hidden while it is a draft. */
export async function shown(tx: TenantTx, visit: Visit): Promise<GatheringRow> {
  const row = await bySlug(tx, visit.params.gathering ?? '')
  if (!row) throw new NotAllowed('gathering', { hidden: true })
  return row
}

/** What somebody who came now would get: a place, the list, the list of latecomers, nothing any more. */
export type Chance = 'place' | 'list' | 'late' | 'over' | 'cancelled'

async function chanceOf(tx: TenantTx, row: GatheringRow): Promise<Chance> {
  if (row.state === 'cancelled') return 'cancelled'
  if (!registrationOpen(row, tx.now)) return 'over'
  if (!inTime(row.deadline, tx.now)) return 'late'
  const { held, waiting } = await counts(tx, row.id)
  return row.by_hand || seatFor({ places: row.places, byHand: false }, held, waiting, false) === 'confirmed'
    ? 'place'
    : 'list'
}

/** How many have a place is asked as the program: a visitor sees the sentence, no names and no number. */
export const load = (visit: Visit) =>
  visit.txAs({ kind: 'program', name: 'gatherings' }, async (tx) => {
    const row = await shown(tx, visit)
    const files = row.published_on ? await filesOf(tx, row.id) : []
    return { row, chance: await chanceOf(tx, row), dates: await laterDates(tx, row), files }
  })

/** `/{town}/veranstaltungen/{gathering}` */
export async function get(visit: Visit): Promise<View> {
  const { row, chance, dates, files } = await load(visit)
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: titleIn(row, visit.language),
    back: addresses.gatherings(visit.town),
    body: (
      <>
        <Lead>{t(`kind.${row.kind}`)}</Lead>
        {chance === 'cancelled' && <Notice kind="danger">{t('cancelled')}</Notice>}
        {chance === 'over' && <Notice kind="info">{t('over')}</Notice>}
        <SummaryList rows={facts(visit, row, chance)} />
        <Paragraphs text={summaryIn(row, visit.language)} german={!row.translations[visit.language]?.summary} />
        <Door visit={visit} row={row} chance={chance} />
        <Programme visit={visit} row={row} />
        <Dates visit={visit} dates={dates} />
        <Afterwards visit={visit} row={row} files={files} />
      </>
    ),
  }
}

/** What the organiser wrote; German stays German and runs left to right on a page of another language. */
const Paragraphs = ({ text, german }: { text: string; german: boolean }) => (
  <div {...(german && { lang: 'de', dir: 'ltr' })}>
    {text.split(/\n{2,}/).map((paragraph) => (
      <p class="as-typed">{paragraph}</p>
    ))}
  </div>
)

function facts(visit: Visit, row: GatheringRow, chance: Chance) {
  const t = publicWords(visit.language)
  const { dayWithWeekday, number } = formats(visit.language)
  const all = [
    { label: t('fact.when'), value: whenText(row, visit.language) },
    { label: t('fact.where'), value: whereText(row, visit.language) },
  ]
  if (chance === 'over' || chance === 'cancelled') return all
  const day = dayWithWeekday(row.deadline)
  all.push({ label: t('fact.deadline'), value: t(chance === 'late' ? 'deadline.over' : 'deadline.until', { day }) })
  if (row.places !== null) all.push({ label: t('fact.places'), value: number(row.places) })
  return all
}

/** The one thing to do here, and what it leads to. */
function Door({ visit, row, chance }: { visit: Visit; row: GatheringRow; chance: Chance }) {
  const t = publicWords(visit.language)
  if (chance === 'over' || chance === 'cancelled') return null
  return (
    <>
      {chance === 'list' && <Notice kind="waiting">{t('chance.list')}</Notice>}
      {chance === 'late' && <Notice kind="waiting">{t('chance.late')}</Notice>}
      {row.by_hand && chance === 'place' && <p>{t('chance.by-hand')}</p>}
      {row.online && <p>{t('online.about')}</p>}
      <p>
        <ButtonLink href={addresses.gathering(visit.town, row.slug, 'anmelden')}>
          {t(chance === 'place' ? 'page.register' : 'page.join-list')}
        </ButtonLink>
      </p>
    </>
  )
}

function Programme({ visit, row: { programme } }: { visit: Visit; row: GatheringRow }) {
  if (programme.length === 0) return null
  return (
    <>
      <h2>{publicWords(visit.language)('programme.title')}</h2>
      <SummaryList
        rows={programme.map(({ from, title, speaker }) => ({
          label: from,
          value: (
            <span lang="de" dir="ltr">
              {title}
              {speaker && (
                <>
                  <br />
                  <span class="quiet">{speaker}</span>
                </>
              )}
            </span>
          ),
        }))}
      />
    </>
  )
}

const Dates = ({ visit, dates }: { visit: Visit; dates: readonly GatheringRow[] }) =>
  dates.length === 0 ? null : (
    <>
      <h2>{publicWords(visit.language)('series.title')}</h2>
      <ul>
        {dates.map((row) => (
          <li>
            <a href={addresses.gathering(visit.town, row.slug)}>{whenText(row, visit.language)}</a>
          </li>
        ))}
      </ul>
    </>
  )

/** What it left behind, once it is over. */
function Afterwards({ visit, row, files }: { visit: Visit; row: GatheringRow; files: readonly FileEntry[] }) {
  const t = publicWords(visit.language)
  if (!row.published_on) return null
  return (
    <>
      {row.proceedings && (
        <>
          <h2>{t('proceedings.title')}</h2>
          <Paragraphs text={row.proceedings} german />
          <p>
            <a href={addresses.gathering(visit.town, row.slug, 'dokumentation')}>{t('proceedings.pdf')}</a>
          </p>
        </>
      )}
      {row.materials.length + files.length > 0 && (
        <>
          <h2>{t('materials.title')}</h2>
          <ul>
            {files.map((one) => (
              <li>
                <a href={addresses.gatheringFile(visit.town, row.slug, one.id)}>{fileText(one, visit.language)}</a>
              </li>
            ))}
            {row.materials.map(({ title, href }) => (
              <li>
                <a href={href} rel="noreferrer">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const template = `= #data.title
#data.when

#data.where

#for one in data.paragraphs [
  #one

]
#if data.programme.len() > 0 [
  == #data.programmeTitle
  #for point in data.programme [
    / #point.from: #point.title #if point.speaker != "" [ \\ #text(size: 9.5pt, point.speaker) ]
  ]
]`

/** `/{town}/veranstaltungen/{gathering}/dokumentation`: the proceedings as an accessible PDF. */
export async function proceedings(visit: Visit): Promise<Response> {
  const row = await visit.tx((tx) => shown(tx, visit))
  if (!row.published_on || !row.proceedings) throw new NotAllowed('proceedings', { hidden: true })
  const bytes = await makePdf({
    title: row.title,
    language: 'de',
    template,
    foot: visit.town.name,
    data: {
      title: row.title,
      when: whenText(row, 'de'),
      where: whereText(row, 'de'),
      paragraphs: row.proceedings.split(/\n{2,}/),
      programmeTitle: publicWords('de')('programme.title'),
      programme: row.programme,
    },
  })
  return pdfResponse(bytes, `${row.slug}.pdf`)
}

/** `/{town}/veranstaltungen/{gathering}/unterlagen/{file}`: not there before the results are published. */
export async function material(visit: Visit): Promise<Response> {
  const file = await visit.tx(async (tx) => {
    const row = await shown(tx, visit)
    if (!row.published_on) throw new NotAllowed('material', { hidden: true })
    return fileOf(tx, row.id, visit.params.file ?? '')
  })
  return asDownload(file, slugOf(file.title))
}
