import { pointer, refuse, type Fault } from '../faults.ts'
import { wordIds } from '../kinds.ts'
import { impersonal, indispensable, neverFor, neverTogether } from '../rights.ts'
import type { Model } from '../schema.ts'

/** Roles: what each may, and what none may ever. */
export function rights(m: Model): Fault[] {
  const faults: Fault[] = []
  const parts = new Set(m.components.map(({ kind }) => kind))
  for (const [i, role] of m.roles.entries()) {
    const at = (...more: PropertyKey[]) => pointer('roles', i, ...more)
    const values = { role: m.words[role.id]?.one ?? role.id }
    if (role.may.length === 0) faults.push(refuse(at('may'), 'roleWithoutVerb', values))
    if (impersonal.includes(role.component)) faults.push(refuse(at('component'), 'impersonalRole', values))
    else if (!parts.has(role.component))
      faults.push(refuse(at('component'), 'componentMissing', { ...values, component: role.component }))
    for (const [j, verb] of role.may.entries()) {
      if (neverFor[role.component]?.includes(verb)) faults.push(refuse(at('may', j), 'neverFor', { ...values, verb }))
    }
    for (const [a, b] of neverTogether) {
      if (role.may.includes(a) && role.may.includes(b))
        faults.push(refuse(at('may'), 'neverTogether', { ...values, a, b }))
    }
  }
  for (const verb of indispensable) {
    if (!m.roles.some((role) => role.may.includes(verb))) faults.push(refuse('/roles', 'nobodyHolds', { verb }))
  }
  return [...faults, ...coordination(m)]
}

/** One hub, and two people for what takes two: the second may sit outside the office. */
function coordination(m: Model): Fault[] {
  const faults: Fault[] = []
  if (!m.roles.some((role) => role.component === 'coordination')) faults.push(refuse('/roles', 'noCoordination'))
  const seconds = m.roles.filter((role) => role.may.includes('second.decide'))
  if (seconds.length > 0 && seconds.every((role) => role.single && !role.outside))
    faults.push(refuse('/roles', 'secondBlocked'))
  const asked = (m.register?.second ?? []).map((id) => m.roles.find((role) => role.id === id))
  for (const [i, role] of asked.entries())
    if (role && !role.may.includes('second.decide'))
      faults.push(refuse(pointer('register', 'second', i), 'registerSecond', { role: role.id }))
  if (asked.length > 0 && asked.every((role) => role?.single && !role.outside))
    faults.push(refuse('/register/second', 'registerHerself'))
  for (const [i, { approval, name }] of m.formats.entries())
    if (approval && m.roles.some(({ id, may }) => id === approval && !may.includes('second.decide')))
      faults.push(refuse(pointer('formats', i, 'approval'), 'approvalLacks', { role: approval, format: name.de }))
  for (const [i, id] of (m.inspection?.decide ?? []).entries())
    if (m.roles.some((role) => role.id === id && !role.may.includes('second.decide')))
      faults.push(refuse(pointer('inspection', 'decide', i), 'inspectionDecide', { role: id }))
  return faults
}

export function words(m: Model): Fault[] {
  const missing = [...wordIds, ...m.roles.map(({ id }) => id)].filter((id) => !m.words[id])
  return [...new Set(missing)].map((id) => refuse(pointer('words', id), 'wordMissing', { id }))
}

/** What is gone names what took its place, and the chain of successors ends at something that is there. */
export function retired(m: Model): Fault[] {
  const ids = { role: new Set(m.roles.map(({ id }) => id)), step: new Set(m.steps.map(({ id }) => id)) }
  return m.retired.flatMap(({ what, id, successor }, i) => {
    if (ids[what].has(id)) return [refuse(pointer('retired', i, 'id'), 'retiredStillThere', { id })]
    let last = successor
    for (let n = 0; n < m.retired.length && !ids[what].has(last); n++) {
      last = m.retired.find((entry) => entry.what === what && entry.id === last)?.successor ?? last
    }
    return ids[what].has(last) ? [] : [refuse(pointer('retired', i, 'successor'), `unknown.${what}`, { id: successor })]
  })
}

/**
 * What only shows beside the version before: ids never change their meaning, and a role or step that is gone names
 * its successor, so that people and running cases stay somewhere.
 */
export function faultsOfChange(before: Model, after: Model): Fault[] {
  const successors = new Set(after.retired.map(({ what, id }) => `${what} ${id}`))
  const roles = new Map(after.roles.map((role, i) => [role.id, { role, i }]))
  const steps = new Map(after.steps.map((step, i) => [step.id, { step, i }]))
  const faults: Fault[] = []
  for (const role of before.roles) {
    const now = roles.get(role.id)
    if (now && now.role.component !== role.component)
      faults.push(refuse(pointer('roles', now.i, 'component'), 'meaningChanged', { id: role.id }))
    if (!now && !successors.has(`role ${role.id}`))
      faults.push(refuse('/retired', 'roleGone', { id: before.words[role.id]?.one ?? role.id }))
  }
  for (const step of before.steps) {
    const now = steps.get(step.id)
    if (now && now.step.kind !== step.kind)
      faults.push(refuse(pointer('steps', now.i, 'kind'), 'meaningChanged', { id: step.id }))
    if (!now && !successors.has(`step ${step.id}`)) faults.push(refuse('/retired', 'stepGone', { id: step.label.de }))
  }
  return faults
}
