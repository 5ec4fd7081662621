import { emptyForm, withError, type FormState, type RawForm } from '#platform/forms/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Held } from '#platform/web/index.ts'
import { Card, Select } from '#ui/index.ts'
import { AbsenceRefused } from '../commands/absence.ts'
import { words } from '../words.ts'

const t = words('de')

export const fieldOf = ({ record }: Held) => `to-${record}`

/** Thrown with the form to mend, so that nothing is handed over where not everything can be. */
export class NotHanded extends Error {
  readonly form: FormState

  constructor(raw: RawForm, open: readonly Held[], key: 'error.handover' | 'error.handover.unfit') {
    super('not everything was handed over')
    this.form = open.reduce((all, one) => withError(all, fieldOf(one), t(key, { what: one.what })), emptyForm(raw))
  }
}

/** Hands each over to whoever the form names, all or nothing. Throws NotHanded. */
export async function handAll(tx: TenantTx, held: readonly Held[], raw: RawForm): Promise<void> {
  const chosen = (one: Held) => String(raw[fieldOf(one)] ?? '')
  const missing = held.filter((one) => !one.to.some(({ id }) => id === chosen(one)))
  if (missing.length > 0) throw new NotHanded(raw, missing, 'error.handover')
  for (const one of held) {
    try {
      await one.handOver(tx, chosen(one))
    } catch (error) {
      if (error instanceof AbsenceRefused) throw new NotHanded(raw, [one], 'error.handover.unfit')
      throw error
    }
  }
}

/** What has to be handed over, and to whom it can be. */
export const Duties = ({ held, form }: { held: readonly Held[]; form: FormState }) => (
  <>
    {[...Map.groupBy(held, ({ among }) => among)].map(([among, of]) => (
      <Card title={among}>
        {of.map((one) => (
          <Select
            name={fieldOf(one)}
            label={one.what}
            hint={one.to.length === 0 ? t('leave.nobody') : undefined}
            form={form}
            options={[{ value: '', label: '–' }, ...one.to.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        ))}
      </Card>
    ))}
  </>
)
