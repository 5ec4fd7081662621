import { emptyForm, type FormState, type RawForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, Radios, TextArea } from '#ui/index.ts'
import { mend } from '../../../pages/parts/load.ts'
import { holdings } from '../../../schema.ts'
import { answerLooks, askedClauses, type LookAnswer } from '../../commands/ask.ts'
import { publicWords } from '../../words.ts'

type Shown = NonNullable<Awaited<ReturnType<typeof askedClauses>>>

const asProgram = { kind: 'program', name: 'looks' } as const
const token = (visit: Visit) => visit.params.token ?? ''
const most = 2_000

const load = (visit: Visit) => visit.txAs(asProgram, (tx) => askedClauses(tx, token(visit), visit.language))

/** `/{town}/nachfrage/{token}`: a party says whether it holds. Opening it changes nothing. */
export async function get(visit: Visit): Promise<View> {
  const asked = await load(visit)
  return asked ? view(visit, asked, emptyForm()) : ended(visit, 'looks.gone')
}

const one = (raw: RawForm, name: string) => [raw[name]].flat()[0]?.trim() ?? ''

/** An answer to every clause, or what has to be mended. */
function read(visit: Visit, { clauses }: Shown, raw: RawForm): { answers: LookAnswer[] } | { state: FormState } {
  const t = publicWords(visit.language)
  const errors: { field: string; message: string }[] = []
  const answers = clauses.flatMap(({ id, who, said }): LookAnswer[] => {
    const holding = holdings.find((known) => known === one(raw, `holding-${id}`))
    const note = one(raw, `note-${id}`)
    const fault = (field: string, message: string) =>
      errors.push({ field: `${field}-${id}`, message: `\u2068${said?.who ?? who}\u2069: ${message}` })
    if (!holding) fault('holding', t('looks.error.holding'))
    if (note.length > most) fault('note', t('looks.error.long'))
    return holding ? [{ clause: id, holding, ...(note && { note }) }] : []
  })
  return errors.length > 0 ? { state: { values: raw, errors } } : { answers }
}

export async function post(visit: Visit): Promise<View> {
  const asked = await load(visit)
  if (!asked) return ended(visit, 'looks.gone')
  const said = read(visit, asked, await visit.form())
  if ('state' in said) return { ...view(visit, asked, said.state), ...mend }
  const kept = await visit.txAs(asProgram, (tx) => answerLooks(tx, token(visit), said.answers))
  return ended(visit, kept ? 'looks.thanks' : 'looks.gone')
}

/** The same page for a used link, an old one and one that never was. */
function ended(visit: Visit, key: 'looks.thanks' | 'looks.gone'): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('looks.title'),
    discreet: true,
    body: (
      <>
        <Notice kind={key === 'looks.thanks' ? 'done' : 'info'}>{t(key)}</Notice>
        <p>
          <a href={addresses.town(visit.town)}>{t('looks.start')}</a>
        </p>
      </>
    ),
  }
}

function view(visit: Visit, { by, clauses }: Shown, form: FormState): View {
  const t = publicWords(visit.language)
  const { day } = formats(visit.language)
  return {
    layout: 'public',
    title: t('looks.title'),
    discreet: true,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('looks.lead')}</Lead>
        {by && <p class="quiet">{t('looks.by', { by })}</p>}
        <Form action={addresses.askedLooks(visit.town, token(visit))} token={visit.token}>
          {clauses.map(({ id, who, what, said, dueOn }) => (
            <Card title={said?.who ?? who}>
              <p class="as-typed">
                <bdi>{said?.what ?? what}</bdi>
              </p>
              {said && (
                <>
                  <p class="quiet">{t('looks.german')}</p>
                  <p class="quiet as-typed" lang="de" dir="ltr">
                    {`${who}: ${what}`}
                  </p>
                </>
              )}
              {dueOn && <p class="quiet">{t('looks.due', { day: day(dueOn) })}</p>}
              <Radios
                name={`holding-${id}`}
                label={t('looks.holding')}
                form={form}
                options={holdings.map((value) => ({ value, label: t(`looks.${value}`) }))}
              />
              <TextArea
                name={`note-${id}`}
                label={t('looks.note')}
                hint={t('looks.note.hint')}
                form={form}
                rows={2}
                optional
              />
            </Card>
          ))}
          <Button>{t('looks.send')}</Button>
        </Form>
      </>
    ),
  }
}
