import type { PropsWithChildren } from 'hono/jsx'
import type { FormState } from '#platform/forms/index.ts'
import { Checkboxes, DataTable, MoreDetails, Radios, Select, TextArea, TextField } from '#ui/index.ts'
import type { Field } from '#work/model/index.ts'
import { Asks } from '../../pages/parts/ask.tsx'
import { askName } from '../../rules.ts'
import { levels } from '../../schema.ts'
import type { Parties, Party } from '../queries.ts'
import { climates, contents, cores, gaps, partyTexts, stages, type DepthText } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

interface Asked {
  readonly form: FormState
  readonly fields: readonly Field[]
  readonly parties: Parties['present']
  /** The page where parties are noted. */
  readonly partiesAt: string
}

/** A folded part says how much is in it, and is open only when something in it has to be mended. */
const Part = ({
  title,
  names,
  form,
  children,
}: PropsWithChildren<{ title: string; names: readonly string[]; form: FormState }>) => {
  const count = names.filter((name) => [form.values[name] ?? ''].flat().some((value) => value !== '')).length
  return (
    <MoreDetails
      title={count === 0 ? title : t('part.filled', { title, count })}
      open={form.errors.some(({ field }) => names.includes(field))}
    >
      {children}
    </MoreDetails>
  )
}

const Text = ({ name, form, rows = 3 }: { name: DepthText; form: FormState; rows?: number }) => (
  <TextArea name={name} label={t(`depth.${name}`)} hint={t(`depth.${name}.hint`)} form={form} rows={rows} optional />
)

/** Matter and next step; all the rest folded, opened on purpose. */
export const AssessFields = ({ form, fields, parties, partiesAt }: Asked) => (
  <>
    <TextField name="matter" label={t('assess.matter')} hint={t('assess.matter.hint')} form={form} />
    <TextArea name="nextStep" label={t('assess.nextStep')} form={form} rows={2} />
    <Notes form={form} fields={fields} />
    <Course form={form} fields={fields} />
    <Stages form={form} parties={parties} partiesAt={partiesAt} />
    <Nature form={form} />
    <Part title={t('part.bonds')} form={form} names={['dividers', 'connectors']}>
      <Text name="dividers" form={form} />
      <Text name="connectors" form={form} />
    </Part>
    <Onion form={form} parties={parties} partiesAt={partiesAt} />
    <Part title={t('part.questions')} form={form} names={['questions']}>
      <Text name="questions" form={form} />
    </Part>
  </>
)

const Notes = ({ form, fields }: Pick<Asked, 'form' | 'fields'>) => (
  <Part title={t('part.notes')} form={form} names={['notes', 'level', ...fields.map(askName)]}>
    <TextArea name="notes" label={t('assess.notes')} hint={t('assess.notes.hint')} form={form} optional />
    <Radios
      name="level"
      label={t('assess.level')}
      form={form}
      options={levels.map((value) => ({ value, label: t(`level.${value}`) }))}
      optional
    />
    <Asks fields={fields} form={form} />
  </Part>
)

/** What was tried is asked once: by the model where it asks, here otherwise. */
const Course = ({ form, fields }: Pick<Asked, 'form' | 'fields'>) => (
  <Part title={t('part.course')} form={form} names={['course', 'relations', 'attempts']}>
    <Text name="course" form={form} rows={5} />
    <Text name="relations" form={form} />
    {!fields.some(({ id }) => id === 'attempts') && <Text name="attempts" form={form} />}
  </Part>
)

const NoParties = ({ partiesAt }: Pick<Asked, 'partiesAt'>) => (
  <p>
    {t('part.no-parties')} <a href={partiesAt}>{t('part.to-parties')}</a>
  </p>
)

const Stages = ({ form, parties, partiesAt }: Omit<Asked, 'fields'>) => (
  <Part title={t('part.stages')} form={form} names={parties.map(({ id }) => `stage-${id}`)}>
    <p>{t('part.stages.about')}</p>
    {parties.length === 0 && <NoParties partiesAt={partiesAt} />}
    {parties.map(({ id, label }) => (
      <Select
        name={`stage-${id}`}
        label={t('stage.of', { label })}
        form={form}
        optional
        options={[
          { value: '', label: t('stage.unknown') },
          ...stages.map((n) => ({ value: String(n), label: t('stage.option', { n, name: t(`stage.${n}`) }) })),
        ]}
      />
    ))}
    <DataTable
      caption={t('stage.table')}
      columns={[t('stage.column'), t('stage.signs')]}
      rows={stages.map((n) => [t('stage.option', { n, name: t(`stage.${n}`) }), t(`stage.${n}.signs`)])}
    />
  </Part>
)

const Nature = ({ form }: Pick<Asked, 'form'>) => (
  <Part title={t('part.nature')} form={form} names={['climate', 'core', 'content', 'gap', 'power']}>
    <Radios
      name="climate"
      label={t('depth.climate')}
      form={form}
      options={climates.map((value) => ({
        value,
        label: t(`climate.${value}`),
        hint: t(`climate.${value}.hint`),
      }))}
      optional
    />
    <Radios
      name="core"
      label={t('depth.core')}
      form={form}
      options={cores.map((value) => ({ value, label: t(`core.${value}`), hint: t(`core.${value}.hint`) }))}
      optional
    />
    <Checkboxes
      name="content"
      label={t('depth.content')}
      form={form}
      options={contents.map((value) => ({
        value,
        label: t(`content.${value}`),
        hint: t(`content.${value}.hint`),
      }))}
      optional
    />
    <Radios
      name="gap"
      label={t('depth.gap')}
      form={form}
      options={gaps.map((value) => ({ value, label: t(`gap.${value}`) }))}
      optional
    />
    <Text name="power" form={form} />
  </Part>
)

const Onion = ({ form, parties, partiesAt }: Omit<Asked, 'fields'>) => (
  <Part
    title={t('part.onion')}
    form={form}
    names={parties.flatMap(({ id }) => partyTexts.map((name) => `${name}-${id}`))}
  >
    <p>{t('part.onion.about')}</p>
    {parties.length === 0 && <NoParties partiesAt={partiesAt} />}
    {parties.map((party) => (
      <OnionOf party={party} form={form} />
    ))}
  </Part>
)

const OnionOf = ({ party: { id, label }, form }: { party: Party; form: FormState }) => (
  <Part title={label} form={form} names={partyTexts.map((name) => `${name}-${id}`)}>
    {partyTexts.map((name) => (
      <TextField name={`${name}-${id}`} label={t(`party.${name}`)} form={form} optional />
    ))}
  </Part>
)
