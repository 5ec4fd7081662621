import type { Child, PropsWithChildren } from 'hono/jsx'
import type { FormState } from '#platform/forms/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, MoreDetails, Radios } from '#ui/index.ts'
import { say } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { veils, type Veil } from '../../../veil.ts'
import type { Way } from '../../../ways.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** A text that nobody should read unprepared: what it is stands above it, and one tap opens it. */
export const Veiled = ({ veil, children }: PropsWithChildren<{ veil: Veil | null }>): Child =>
  veil ? <MoreDetails title={t('veil.open', { what: t(`veil.${veil}`) })}>{children}</MoreDetails> : <>{children}</>

const mayFold = (visit: Visit) => visit.may('intake.read') || visit.may('intake.substitute')
const here = (visit: Visit, id: string) => addresses.reportPage(visit.town, id, 'verdecken')

interface Props {
  readonly visit: Visit
  readonly report: OpenedReport
}

/** Where a text should be folded: a person says so and why, in one word. */
export const Cover = ({ visit, report, form }: Props & { form: FormState }) =>
  report.veil || !mayFold(visit) ? null : (
    <MoreDetails title={t('veil.title')} open={form.errors.some(({ field }) => field === 'veil')}>
      <p>{t('veil.about')}</p>
      <Form action={here(visit, report.id)} token={visit.token}>
        <Radios
          name="veil"
          label={t('veil.why')}
          form={form}
          options={veils.map((value) => ({ value, label: t(`veil.option.${value}`) }))}
        />
        <Button look="secondary">{t('veil.save')}</Button>
      </Form>
    </MoreDetails>
  )

/** What can be done about such a text, each with the way there. */
export function Covered({ visit, report, ways }: Props & { ways: readonly Way[] }) {
  if (!report.veil || !mayFold(visit)) return null
  const refer = ways.find(({ kind }) => kind === 'refer')
  const urgent = ways.find(({ kind }) => kind === 'urgent')
  return (
    <Card title={t('veil.done', { what: t(`veil.${report.veil}`) })}>
      <p>{t('veil.calm')}</p>
      <ul>
        {urgent && <li>{t('veil.way.urgent', { button: say(urgent.button, 'de') })}</li>}
        {refer && (
          <li>
            <a href={addresses.referral(visit.town, report.id)}>{t('veil.way.refer')}</a>{' '}
            <span class="quiet">{t('veil.way.refer.about')}</span>
          </li>
        )}
        {visit.may('intake.check') && report.checked !== 'accepted' && (
          <li>
            <a href={addresses.reportPage(visit.town, report.id, 'pruefen')}>{t('veil.way.black')}</a>{' '}
            <span class="quiet">{t('veil.way.black.about')}</span>
          </li>
        )}
        {visit.may('retention.hold') && (
          <li>
            <a href={addresses.reportPage(visit.town, report.id, 'aufbewahrung')}>{t('veil.way.keep')}</a>{' '}
            <span class="quiet">{t('veil.way.keep.about')}</span>
          </li>
        )}
        {ways.length > 0 && <li>{t('veil.way.answer')}</li>}
      </ul>
      <Form action={here(visit, report.id)} token={visit.token}>
        <Button name="do" value="unveil" look="quiet">
          {t('veil.undo')}
        </Button>
      </Form>
    </Card>
  )
}
