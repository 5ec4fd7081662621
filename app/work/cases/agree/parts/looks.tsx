import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Radios, Select, TextField } from '#ui/index.ts'
import { holdings } from '../../schema.ts'
import type { Agreement, Asked } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

interface Props {
  readonly visit: Visit
  readonly caseId: string
  readonly agreement: Agreement
  readonly asked: readonly Asked[]
  readonly form: FormState
}

/** Whether each clause holds: what was heard, and the next look. */
export function Looks({ visit, caseId, agreement, asked, form }: Props) {
  const { day, dayShort } = formats('de')
  const open = agreement.clauses.flatMap((clause) =>
    clause.looks.filter(({ doneOn }) => !doneOn).map((look) => ({ ...look, what: clause.what })),
  )
  return (
    <Card title={t('holds')}>
      <ol>
        {agreement.clauses.map(({ id, what, looks }) => (
          <li>
            {what}
            <ul>
              {looks.map(({ dueOn, doneOn, holding, note }) => (
                <li>
                  {doneOn && holding
                    ? t('looks.done', { day: day(doneOn), holding: t(`holding.${holding}`) })
                    : t('looks.open', { day: day(dueOn) })}
                  {note && ` – ${note}`}
                </li>
              ))}
              <Said clause={id} asked={asked} />
            </ul>
          </li>
        ))}
      </ol>
      {open.length > 0 && (visit.may('cases.follow') || visit.may('cases.handle')) && (
        <Form action={addresses.casePage(visit.town, caseId, 'vereinbarung')} token={visit.token}>
          <Select
            name="look"
            label={t('look.which')}
            form={form}
            options={open.map(({ id, what, dueOn }) => ({
              value: id,
              label: t('look.option', { what: what.slice(0, 60), day: dayShort(dueOn) }),
            }))}
          />
          <Radios
            name="holding"
            label={t('look.holding')}
            form={form}
            options={holdings.map((value) => ({ value, label: t(`holding.${value}`) }))}
          />
          <TextField name="note" label={t('look.note')} form={form} optional />
          <Button name="do" value="look" look="secondary">
            {t('look.save')}
          </Button>
        </Form>
      )}
    </Card>
  )
}

/** What the parties answered over their links; it is for whoever looks to judge. */
const Said = ({ clause, asked }: { clause: string; asked: readonly Asked[] }) => (
  <>
    {asked.flatMap(({ party, usedOn, answers }) =>
      answers
        .filter((answer) => answer.clause === clause)
        .map(({ holding, note }) => (
          <li>
            {t('looks.said', { party, day: formats('de').day(usedOn ?? ''), holding: t(`holding.${holding}`) })}
            {note && (
              <>
                {' – '}
                <bdi>{note}</bdi>
              </>
            )}
          </li>
        )),
    )}
  </>
)
