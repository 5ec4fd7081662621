import {
  emptyForm,
  hiddenFields,
  inWords,
  parseForm,
  renderedVersion,
  withError,
  type FormState,
} from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, Radios, TextArea } from '#ui/index.ts'
import { deletedOn, modelInForce } from '#work/model/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { draftOf } from '../../lessons/queries.ts'
import { tells } from '../../tells.ts'
import {
  dropLookBack,
  lookBack,
  lookingBack,
  ownLookBack,
  proposeLesson,
  saysNothing,
  type LookBack,
} from '../commands/back.ts'
import { words } from '../words.ts'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const today = berlinDay(visit.now)
    return {
      found,
      back: await ownLookBack(tx, found.id),
      proposed: (await draftOf(tx, found.id)) !== undefined,
      until: deletedOn(await modelInForce(tx), 'handler-notes', today),
    }
  })
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/rueckblick`: three short questions to oneself, and the way from there to a lesson. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { said, version } = shown.back
  return view(visit, shown, emptyForm({ ...said, [hiddenFields.version]: String(version) }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const shown = await load(visit)
  const here = addresses.casePage(visit.town, shown.found.id, 'rueckblick')
  if (raw.do === 'drop') {
    await visit.tx((tx) => dropLookBack(tx, shown.found.id))
    return redirect(here)
  }
  const parsed = parseForm(lookingBack, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, { ...parsed.state, values: raw }), ...mend }
  const proposes = raw.do === 'propose' && shown.found.closedOn !== null
  const fault = faultOf(parsed.data, proposes)
  if (fault) return { ...view(visit, shown, withError(emptyForm(raw), 'helped', t(fault))), ...mend }
  try {
    await visit.tx(async (tx) => {
      await lookBack(tx, shown.found.id, parsed.data, renderedVersion(raw) ?? 0)
      if (proposes) await proposeLesson(tx, shown.found.id, t('back.lesson'))
    })
    return redirect(here)
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const values = { ...raw, [hiddenFields.version]: String(now.back.version) }
    const stale = withError(emptyForm(values), 'helped', t('back.stale', { text: now.back.said.helped }))
    return { ...view(visit, now, stale), status: 409, error: true }
  }
}

/** What stands against keeping it, or against making a lesson of it: a key of the words. */
function faultOf(said: LookBack, proposes: boolean) {
  if (saysNothing(said)) return 'back.error.nothing'
  const text = `${said.helped}${said.otherwise}`
  if (!proposes) return undefined
  return text === '' ? 'back.error.empty' : tells(text) ? 'back.error.tells' : undefined
}

const view = (visit: Visit, { found, back, proposed, until }: Shown, form: FormState): View =>
  partOf(visit, found, {
    title: t('back.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('back.lead')}</Lead>
        <p class="quiet">
          {found.closedOn ? t('back.until', { day: formats('de').day(until) }) : t('back.until-closed')}
        </p>
        {back.version > 0 && <Notice kind="done">{t('back.kept')}</Notice>}
        {proposed && <Notice kind="info">{t('back.proposed')}</Notice>}
        <Form action={addresses.casePage(visit.town, found.id, 'rueckblick')} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '0')} />
          <TextArea name="helped" label={t('back.helped')} form={form} rows={4} optional />
          <TextArea name="otherwise" label={t('back.otherwise')} form={form} rows={4} optional />
          <Radios
            name="format"
            label={t('back.format')}
            form={form}
            options={(['yes', 'no', 'unsure'] as const).map((value) => ({ value, label: t(`back.format.${value}`) }))}
            optional
          />
          <p>
            <Button name="do" value="save">
              {t('back.save')}
            </Button>{' '}
            {back.version > 0 && (
              <Button name="do" value="drop" look="quiet">
                {t('back.drop')}
              </Button>
            )}
          </p>
          {found.closedOn && !proposed && (
            <>
              <h2>{t('back.propose.title')}</h2>
              <p>{t('back.propose.lead')}</p>
              <Button name="do" value="propose" look="secondary">
                {t('back.propose')}
              </Button>
            </>
          )}
        </Form>
      </>
    ),
  })
