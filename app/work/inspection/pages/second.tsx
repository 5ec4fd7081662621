import type { FormState } from '#platform/forms/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, MoreDetails, Radios } from '#ui/index.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import type { secondsFor } from '../queries/seconds.ts'
import { words } from '../words.ts'

const t = words('de')

export type Seconds = Awaited<ReturnType<typeof secondsFor>>

interface Part {
  readonly visit: Visit
  readonly found: OpenedRequest
}

/** Who decides with the substitute. */
export const Second = ({ seconds, form }: { seconds: Seconds; form: FormState }) => (
  <Radios
    name="second"
    label={t('second.who')}
    hint={t('second.who.hint')}
    form={form}
    options={seconds.map(({ id, name }) => ({ value: id, label: name }))}
  />
)

/** Somebody else in the place of whoever was asked: ill, gone, or kept from a report meanwhile. */
export const AskSecond = ({ visit, found, form, seconds }: Part & { form: FormState; seconds: Seconds }) => {
  const others = seconds.filter(({ id }) => id !== found.secondBy && id !== found.proposedBy)
  const able = seconds.some(({ id }) => id === found.secondBy)
  if (others.length === 0) return <></>
  return (
    <MoreDetails title={t('second.other')} open={!able || form.errors.some(({ field }) => field === 'second')}>
      {!able && <p>{t('second.gone')}</p>}
      <Form action={addresses.inspections(visit.town, found.id)} token={visit.token}>
        <Second seconds={others} form={form} />
        <Button name="do" value="second" look="secondary">
          {t('second.ask')}
        </Button>
      </Form>
    </MoreDetails>
  )
}

/** The model knows nobody who could decide with her: she answers outside the program. */
export const Nobody = ({ visit, found }: Part) => (
  <Card title={t('paper.title')}>
    <p>{t('paper.text')}</p>
    <Form action={addresses.inspections(visit.town, found.id)} token={visit.token}>
      <Button name="do" value="paper">
        {t('paper.save')}
      </Button>
    </Form>
  </Card>
)
