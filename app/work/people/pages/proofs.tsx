import type { entitlementsOf } from '#platform/access/index.ts'
import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Select, TextField } from '#ui/index.ts'
import { say, type Compiled } from '#work/model/index.ts'
import { words } from '../words.ts'

const t = words('de')
const { day } = formats('de')

interface ProofsProps {
  readonly visit: Visit
  readonly person: string
  readonly model: Compiled
  readonly shown: Awaited<ReturnType<typeof entitlementsOf>>
  readonly form: FormState
}

/** What somebody has shown, and, but for oneself, a way to note and end it. */
export function Proofs({ visit, person, model, shown, form }: ProofsProps) {
  const all = model.model.entitlements
  if (all.length === 0 && shown.length === 0) return null
  const own = person === visit.person!.id
  const at = addresses.people(visit.town, person, 'nachweise')
  const today = berlinDay(visit.now)
  const nameOf = (id: string) => say(all.find((one) => one.id === id)?.name ?? { de: id }, 'de')
  return (
    <Card title={t('proofs.title')}>
      {shown.length === 0 && <p>{t('proofs.none')}</p>}
      {shown.map(({ entitlement, seenOn, seenBy, untilOn }) => (
        <>
          <p>
            {t('proofs.line', { name: nameOf(entitlement), day: day(seenOn), by: seenBy })}
            {untilOn && (
              <span class="quiet"> – {t(untilOn < today ? 'proofs.over' : 'proofs.until', { day: day(untilOn) })}</span>
            )}
          </p>
          {!own && (
            <Form action={at} token={visit.token}>
              <Button look="quiet" name="end" value={entitlement}>
                {t('proofs.end', { name: nameOf(entitlement) })}
              </Button>
            </Form>
          )}
        </>
      ))}
      {!own && all.length > 0 && (
        <Form action={at} token={visit.token}>
          <Select
            name="entitlement"
            label={t('proofs.which')}
            hint={t('proofs.which.hint')}
            form={form}
            options={[{ value: '', label: '–' }, ...all.map(({ id, name }) => ({ value: id, label: say(name, 'de') }))]}
          />
          <TextField name="seenOn" label={t('proofs.seen')} hint={t('proofs.day.hint')} form={form} short />
          <TextField
            name="untilOn"
            label={t('proofs.until.label')}
            hint={t('proofs.until.hint')}
            form={form}
            short
            optional
          />
          <Button look="secondary">{t('proofs.save')}</Button>
        </Form>
      )}
    </Card>
  )
}
