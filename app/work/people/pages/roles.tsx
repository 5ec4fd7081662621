import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Select } from '#ui/index.ts'
import type { Compiled } from '#work/model/index.ts'
import type { proposals } from '../queries.ts'
import type { rolesHeld } from '../queries/roles.ts'
import { rolesAt } from '../rules.ts'
import { nameOfRole, words } from '../words.ts'

const t = words('de')
const { dayShort } = formats('de')

interface RolesProps {
  readonly visit: Visit
  readonly person: string
  readonly model: Compiled
  readonly held: Awaited<ReturnType<typeof rolesHeld>>
  readonly waiting: Awaited<ReturnType<typeof proposals>>
  readonly form: FormState
}

/** Which roles somebody has, what waits for a second person, and, but for oneself, a way to give and end them. */
export function Roles({ visit, person, model, held, waiting, form }: RolesProps) {
  const own = person === visit.person!.id
  const closed = new Set([...held, ...waiting].map(({ role }) => role))
  const open = rolesAt(model, visit.town.kind).filter((role) => !closed.has(role))
  const at = addresses.people(visit.town, person, 'rollen')
  const ending = new Set(waiting.map(({ role }) => role))
  return (
    <Card title={t('roles.title')}>
      {held.length === 0 && <p>{t('roles.none')}</p>}
      {held.map(({ role, from_on, first, second }) => (
        <>
          <p>
            {t('roles.line', { role: nameOfRole(model, role), since: dayShort(from_on) })}
            {first && <span class="quiet"> – {t('roles.by', { first, second: second ?? 'none' })}</span>}
          </p>
          {!own && !ending.has(role) && (
            <Form action={at} token={visit.token}>
              <Button look="quiet" name="end" value={role}>
                {t('roles.end', { role: nameOfRole(model, role) })}
              </Button>
            </Form>
          )}
        </>
      ))}
      {waiting.map(({ role, ends }) => (
        <p>{t(ends ? 'roles.waiting.end' : 'roles.waiting', { role: nameOfRole(model, role) })}</p>
      ))}
      {!own && open.length > 0 && (
        <Form action={at} token={visit.token}>
          <Select
            name="role"
            label={t('roles.add')}
            hint={t('roles.add.hint')}
            form={form}
            options={[
              { value: '', label: '–' },
              ...open.map((role) => ({ value: role, label: nameOfRole(model, role) })),
            ]}
          />
          <Button look="secondary">{t('roles.button')}</Button>
        </Form>
      )}
    </Card>
  )
}
