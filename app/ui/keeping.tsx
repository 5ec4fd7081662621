import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { Lead, Notice } from './content.tsx'
import { Button, ErrorSummary, Form, TextArea } from './forms.tsx'
import { staffWords } from './words.ts'

const t = staffWords('de')

/** Until when a record is kept, and whether its deletion is suspended; calendar days. */
export interface Keeping {
  readonly until: string | undefined
  readonly hold:
    | { readonly since: string; readonly by: string; readonly reason: string; readonly because: string | null }
    | undefined
}

const held = ({ since, by, reason }: NonNullable<Keeping['hold']>) =>
  t('keeping.held', { day: formats('de').day(since), by, reason })

/** One line on the page of a record; `href` for those who may suspend its deletion. */
export const KeptLine = ({ keeping: { until, hold }, href }: { keeping: Keeping; href?: string }) => (
  <>
    {hold && <Notice kind="waiting">{held(hold)}</Notice>}
    {(until || href) && (
      <p class="quiet">
        {until && !hold && t('keeping.until', { day: formats('de').day(until) })}{' '}
        {href && !hold?.because && <a href={href}>{hold ? t('keeping.to-lift') : t('keeping.to-hold')}</a>}
      </p>
    )}
  </>
)

/** Suspends a deletion with a reason, or lets it go on. */
export const HoldForm = ({
  keeping: { until, hold },
  form,
  action,
  token,
}: {
  keeping: Keeping
  form: FormState
  action: string
  token: string
}) => (
  <>
    <ErrorSummary form={form} />
    <Lead>
      {hold ? held(hold) : until ? t('keeping.until', { day: formats('de').day(until) }) : t('keeping.no-day')}
    </Lead>
    {hold?.because && <p>{t('keeping.running')}</p>}
    {!hold?.because && (
      <Form action={action} token={token}>
        {hold ? (
          <>
            <p>{t('keeping.lift.text')}</p>
            <Button name="do" value="lift">
              {t('keeping.lift')}
            </Button>
          </>
        ) : (
          <>
            <TextArea name="reason" label={t('keeping.reason')} hint={t('keeping.reason.hint')} form={form} rows={3} />
            <Button name="do" value="hold">
              {t('keeping.hold')}
            </Button>
          </>
        )}
      </Form>
    )}
  </>
)

/** In place of a record that was deleted. */
export const Deleted = ({ on }: { on: string }) => <Lead>{t('keeping.deleted', { day: formats('de').day(on) })}</Lead>
export const deletedTitle = (): string => t('keeping.deleted.title')
export const holdTitle = (): string => t('keeping.title')
export const holdReasonMissing = (): string => t('keeping.reason.missing')
