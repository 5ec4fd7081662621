import type { Field, Model, Step } from '../schema.ts'
import { inList, plain, roleName, same, sets, type Difference } from './lists.ts'

/** How steps differ, down to their deadlines and questions. */
export function steps(a: Model, b: Model): Difference[] {
  const name = roleName(a, b)
  const stepName = (id: string) =>
    (b.steps.find((s) => s.id === id) ?? a.steps.find((s) => s.id === id))?.label.de ?? id
  return inList(
    'steps',
    a.steps,
    b.steps,
    (step) => step.label.de,
    (was: Step, is: Step, path) => {
      const values = { name: is.label.de }
      return [
        ...(was.label.de === is.label.de
          ? []
          : [
              {
                path: `${path}/label`,
                key: 'renamed',
                values: { section: 'steps', before: was.label.de, after: is.label.de },
              },
            ]),
        ...(was.kind === is.kind
          ? []
          : [{ path: `${path}/kind`, key: 'stepKind', values: { ...values, before: was.kind, after: is.kind } }]),
        ...sets(`${path}/by`, 'by', was.by, is.by, name, values),
        ...sets(`${path}/next`, 'next', was.next, is.next, stepName, values),
        ...deadlines(was, is, path, name),
        ...(same(was.second, is.second)
          ? []
          : [
              {
                path: `${path}/second`,
                key: is.second ? (was.second ? 'secondChanged' : 'secondCame') : 'secondWent',
                values,
              },
            ]),
        ...(was.button.de === is.button.de
          ? []
          : [
              {
                path: `${path}/button`,
                key: 'button',
                values: { ...values, before: was.button.de, after: is.button.de },
              },
            ]),
        ...(same(was.when, is.when) ? [] : [{ path: `${path}/when`, key: 'condition', values }]),
        ...(same(was.hint, is.hint) ? [] : [{ path: `${path}/hint`, key: 'hint', values }]),
        ...inList(
          'ask',
          was.ask,
          is.ask,
          (field: Field) => field.label.de,
          plain('ask', (field) => field.label.de),
          path,
          { step: is.label.de },
        ),
      ]
    },
  )
}

function deadlines(was: Step, is: Step, path: string, name: (id: string) => string): Difference[] {
  const at = `${path}/within`
  const step = is.label.de
  if (!was.within && !is.within) return []
  if (!was.within) return [{ path: at, key: 'deadlineCame', values: { name: step, after: is.within?.days ?? 0 } }]
  if (!is.within) return [{ path: at, key: 'deadlineWent', values: { name: step, before: was.within.days } }]
  return [
    ...(was.within.days === is.within.days
      ? []
      : [{ path: at, key: 'deadline', values: { name: step, before: was.within.days, after: is.within.days } }]),
    ...(was.within.owner === is.within.owner
      ? []
      : [
          {
            path: at,
            key: 'owner',
            values: { name: step, before: name(was.within.owner), after: name(is.within.owner) },
          },
        ]),
  ]
}
