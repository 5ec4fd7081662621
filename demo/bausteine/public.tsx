import { fillDateFields, withError, emptyForm } from '#platform/forms/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Checkbox,
  Checkboxes,
  DatedLines,
  DateThree,
  EmptyState,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  QrCode,
  Radios,
  ReceiptCode,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { states, type Samples } from './texts.ts'

/** What stands on residents' pages, in the language of the page. */
export const PublicPieces = ({ samples }: { samples: Samples }) => (
  <>
    <ErrorSummary form={withError(emptyForm(), 'text-fehler', samples.error)} />
    <Lead>{samples.sentence}</Lead>
    <Fields samples={samples} />
    <Contents samples={samples} />
  </>
)

function Fields({ samples }: { samples: Samples }) {
  const { label, hint, sentence, long } = samples
  const options = samples.options.map((text, i) => ({
    value: String(i),
    label: text,
    hint: i === 1 ? hint : undefined,
  }))
  const days = fillDateFields('tag-voll', '2026-11-25')
  return (
    <Form action="#" token="-">
      {states('text', sentence, samples).map((state) => (
        <TextField label={label} hint={hint} {...state} />
      ))}
      <TextField label={long} name="lang" form={emptyForm({ lang: long })} optional />
      <TextField label={label} name="kurz" form={emptyForm({ kurz: '12' })} short />
      {states('mehr', sentence, samples).map((state) => (
        <TextArea label={label} hint={hint} rows={3} {...state} />
      ))}
      {states('falten', '1', samples).map((state) => (
        <Select label={label} options={options} {...state} />
      ))}
      {states('eins', '1', samples).map((state) => (
        <Radios label={label} options={options} {...state} />
      ))}
      {states('viele', '2', samples).map((state) => (
        <Checkboxes label={label} hint={hint} options={options} {...state} />
      ))}
      {states('ja', 'yes', samples).map((state) => (
        <Checkbox label={sentence} hint={hint} {...state} />
      ))}
      {states('tag', '', samples).map(({ name, form }) => (
        <DateThree name={name} label={label} hint={hint} form={{ ...form, values: { ...form.values, ...days } }} />
      ))}
      <MoreDetails title={label} open>
        <p>{hint}</p>
      </MoreDetails>
      <Button>{samples.options[0]}</Button>
      <Button look="secondary">{samples.options[1]}</Button>
      <Button look="quiet">{samples.options[2]}</Button>
      <ButtonLink href="#inhalt" look="secondary">
        {long}
      </ButtonLink>
    </Form>
  )
}

const Contents = ({ samples: { label, sentence, long, options } }: { samples: Samples }) => (
  <>
    {(['info', 'waiting', 'done', 'danger'] as const).map((kind) => (
      <Notice kind={kind}>{sentence}</Notice>
    ))}
    <p>
      {(['neutral', 'waiting', 'done', 'danger'] as const).map((kind) => (
        <>
          <Badge kind={kind}>{options[0]}</Badge>{' '}
        </>
      ))}
    </p>
    <Card title={long} next>
      <p>{sentence}</p>
    </Card>
    <Card title={label}>
      <EmptyState>{sentence}</EmptyState>
    </Card>
    <SummaryList
      rows={[
        { label, value: sentence, change: { href: '#text-leer', label: options[0]! } },
        { label: long, value: long },
      ]}
    />
    <DatedLines lines={options.map((text, i) => ({ when: `${25 + i}.11.2026`, text }))} />
    <ReceiptCode code="482913570264118395" label={label} />
    <QrCode text="https://example.org/" label={label} />
  </>
)
