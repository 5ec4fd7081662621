import type { FormState } from '#platform/forms/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  Form,
  MoreDetails,
  Notice,
  Radios,
  TextArea,
  TextField,
  Timeline,
} from '#ui/index.ts'
import type { Searched } from '../commands/search.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import { decisions } from '../schema.ts'
import { words } from '../words.ts'
import { dayOf } from './parts.tsx'

const t = words('de')

interface Step {
  readonly visit: Visit
  readonly found: OpenedRequest
}
type FormStep = Step & { readonly form: FormState }

const here = ({ visit, found }: Step, step?: string) => addresses.inspections(visit.town, found.id, step)

export const Prepare = ({ visit, found }: Step) => (
  <Card title={t('prepare.title')}>
    {found.remark && <Notice kind="waiting">{t('extract.remark', { remark: found.remark })}</Notice>}
    <p>
      <ButtonLink href={here({ visit, found }, 'auszug')}>{t('prepare.extract')}</ButtonLink>{' '}
      {visit.may('intake.contacts') && (
        <ButtonLink href={here({ visit, found }, 'fundstellen')} look="secondary">
          {t('prepare.places')}
        </ButtonLink>
      )}
    </p>
  </Card>
)

/** Who has looked for the person who asks, and who still has to. */
export const LookedFor = ({ searched }: { searched: Searched }) => (
  <Card title={t('searched.title')} id="gesucht">
    {searched.by.map(({ name, day, substitute }) => (
      <p>{t(substitute ? 'searched.substitute' : 'searched.by', { name, day: dayOf(day) })}</p>
    ))}
    {searched.another && <Notice kind="waiting">{t('searched.another')}</Notice>}
    {searched.substitute && <Notice kind="waiting">{t('searched.missing')}</Notice>}
    {!searched.another && !searched.substitute && <p>{t('searched.done')}</p>}
  </Card>
)

export const Decide = ({ visit, found, form }: FormStep) => (
  <Card title={t('decide.title')}>
    <Form action={here({ visit, found })} token={visit.token}>
      <input type="hidden" name="version" value={String(found.version)} />
      <Radios
        name="decision"
        label={t('decide.what')}
        form={form}
        options={decisions.map((value) => ({
          value,
          label: t(`decision.${value}`),
          hint: t(`decision.${value}.hint`),
        }))}
      />
      <TextArea name="reason" label={t('decide.reason')} hint={t('decide.reason.hint')} form={form} rows={3} optional />
      <Button name="do" value="decide">
        {t('decide.save')}
      </Button>
    </Form>
  </Card>
)

export const GiveBack = ({ visit, found, form }: FormStep) => (
  <MoreDetails title={t('back.title')} open={form.errors.some(({ field }) => field === 'remark')}>
    <Form action={here({ visit, found })} token={visit.token}>
      <TextArea name="remark" label={t('back.remark')} form={form} rows={3} />
      <Button name="do" value="back" look="secondary">
        {t('back.save')}
      </Button>
    </Form>
  </MoreDetails>
)

export const Answer = ({ visit, found }: Step) => (
  <Card title={t('answer.title')}>
    {found.reason && <p>{t('answer.reason', { reason: found.reason })}</p>}
    <p>
      <a href={here({ visit, found }, 'schreiben')}>{t('answer.pdf')}</a> ·{' '}
      <a href={`${here({ visit, found }, 'schreiben')}?als=docx`}>{t('answer.docx')}</a>
    </p>
  </Card>
)

export const Release = ({ visit, found }: Step) => (
  <Card title={t('release.title')}>
    <p>{t('release.text')}</p>
    <Form action={here({ visit, found })} token={visit.token}>
      <Button name="do" value="release">
        {t('release.save')}
      </Button>
    </Form>
  </Card>
)

export const Manage = ({ visit, found, form }: FormStep) => (
  <MoreDetails title={t('manage.title')} open={form.errors.some(({ field }) => field === 'dueOn')}>
    <Form action={here({ visit, found })} token={visit.token}>
      <TextField name="dueOn" label={t('manage.due')} hint={t('new.dueOn.hint')} form={form} short />
      <Button name="do" value="due" look="secondary">
        {t('manage.due.save')}
      </Button>
    </Form>
    <Form action={here({ visit, found })} token={visit.token}>
      <p>{t('manage.withdraw.text')}</p>
      <Button name="do" value="withdraw" look="quiet">
        {t('manage.withdraw')}
      </Button>
    </Form>
  </MoreDetails>
)

const endOf = ({ state, releasedByName: name }: OpenedRequest) =>
  state === 'withdrawn' ? t('log.withdrawn') : name ? t('log.released', { name }) : t('log.on-paper')

/** Who did what when, newest first. */
export const History = ({ found }: { found: OpenedRequest }) => {
  const lines = [
    { on: found.madeOn, text: t('log.noted', { name: found.madeBy }) },
    { on: found.proposedOn, text: t('log.proposed', { name: found.proposedByName }) },
    {
      on: found.decidedOn,
      text: found.decision
        ? t('log.decided', { name: found.decidedByName, what: t(`decision.${found.decision}`) })
        : '',
    },
    {
      on: found.endedOn,
      text: endOf(found),
    },
  ]
  const entries = lines.flatMap(({ on, text }) => (on && text ? [{ when: dayOf(on), text: <p>{text}</p> }] : []))
  return (
    <Card title={t('log.title')}>
      <Timeline entries={entries.toReversed()} />
    </Card>
  )
}
