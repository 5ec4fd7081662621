import { pointer, refuse, type Fault } from '../faults.ts'
import type { Model } from '../schema.ts'

const lists = [
  'roles',
  'steps',
  'offices',
  'areas',
  'subjectGroups',
  'subjects',
  'gates',
  'formats',
  'entitlements',
  'outcomes',
  'reasons',
  'sentences',
  'numbers',
] as const

/** Every id stands once in its list, and "unknown" stays free for "weiß nicht". */
export function duplicateIds(m: Model): Fault[] {
  const faults: Fault[] = []
  const look = (entries: readonly { id: string }[], ...path: PropertyKey[]) => {
    const seen = new Set<string>()
    for (const [i, { id }] of entries.entries()) {
      if (seen.has(id)) faults.push(refuse(pointer(...path, i, 'id'), 'duplicateId', { id }))
      seen.add(id)
    }
  }
  for (const list of lists) look(m[list], list)
  look(m.evaluation, 'evaluation')
  for (const [i, step] of m.steps.entries()) look(step.ask, 'steps', i, 'ask')
  for (const list of ['areas', 'subjects'] as const) {
    for (const [i, { id }] of m[list].entries()) {
      if (id === 'unknown') faults.push(refuse(pointer(list, i, 'id'), 'unknownReserved', { id }))
    }
  }
  return faults
}

/** Every id that is named exists. */
export function unknownIds(m: Model): Fault[] {
  const faults: Fault[] = []
  const known = (what: string, ids: readonly { id: string }[]) => {
    const set = new Set(ids.map(({ id }) => id))
    return (id: string | undefined, ...path: PropertyKey[]) => {
      if (id !== undefined && !set.has(id)) faults.push(refuse(pointer(...path), `unknown.${what}`, { id }))
    }
  }
  const role = known('role', m.roles)
  const step = known('step', m.steps)
  const office = known('office', m.offices)
  const area = known('area', m.areas)
  const group = known('group', m.subjectGroups)
  const subject = known('subject', m.subjects)
  const format = known('format', m.formats)
  const entitlement = known('entitlement', m.entitlements)
  const each = (
    ids: readonly string[] | undefined,
    look: (id: string, ...path: PropertyKey[]) => void,
    ...path: PropertyKey[]
  ) => ids?.forEach((id, i) => look(id, ...path, i))

  for (const [i, s] of m.steps.entries()) {
    each(s.by, role, 'steps', i, 'by')
    each(s.second?.by, role, 'steps', i, 'second', 'by')
    role(s.second?.lapse?.owner, 'steps', i, 'second', 'lapse', 'owner')
    role(s.within?.owner, 'steps', i, 'within', 'owner')
    each(s.next, step, 'steps', i, 'next')
  }
  for (const [i, r] of m.roles.entries()) each(r.needs, entitlement, 'roles', i, 'needs')
  for (const [i, o] of m.offices.entries()) {
    each(o.roles, role, 'offices', i, 'roles')
    each(o.areas, area, 'offices', i, 'areas')
  }
  for (const [i, a] of m.areas.entries()) {
    office(a.instead, 'areas', i, 'instead')
  }
  for (const [i, s] of m.subjects.entries()) group(s.group, 'subjects', i, 'group')
  for (const [i, n] of m.numbers.entries()) each(n.areas, area, 'numbers', i, 'areas')
  for (const [i, f] of m.formats.entries()) {
    role(f.approval, 'formats', i, 'approval')
    each(f.needs, entitlement, 'formats', i, 'needs')
  }
  for (const [i, t] of m.triage.entries()) {
    each(t.propose, format, 'triage', i, 'propose')
    each(t.with, role, 'triage', i, 'with')
  }
  office(m.readers.usual, 'readers', 'usual')
  role(m.readers.otherwise, 'readers', 'otherwise')
  for (const [i, e] of m.readers.excludable.entries()) {
    office(e.office, 'readers', 'excludable', i, 'office')
    role(e.substitute, 'readers', 'excludable', i, 'substitute')
  }
  for (const clock of ['acknowledge', 'firstAnswer', 'unopened', 'danger'] as const)
    role(m.clocks[clock].owner, 'clocks', clock, 'owner')
  role(m.followUps.owner, 'followUps', 'owner')
  each(m.register?.second, role, 'register', 'second')
  each(m.inspection?.decide, role, 'inspection', 'decide')
  each(m.inside?.subjects, subject, 'inside', 'subjects')
  return faults
}
