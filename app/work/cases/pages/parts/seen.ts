import { formats } from '#platform/i18n/index.ts'
import { word, type Published } from '#work/model/index.ts'
import type { Course } from '../../queries/course.ts'
import { words } from '../../words.ts'

const t = words('de')

/** Who can see a case, as the end of a sentence: the roles that see all, then everybody with a grant. */
export function seenBy(model: Published, grants: Course['grants']): string {
  const { dayShort, list } = formats('de')
  // Whoever holds it stands in the place of those who usually see all.
  const held = grants.some(({ as }) => as === 'holder')
  const roles = held
    ? []
    : [...model.verbs].filter(([, verbs]) => verbs.has('cases.assign')).map(([role]) => word(model, role).one)
  const persons = grants.map(({ name, until }) => (until ? t('case.seen-until', { name, day: dayShort(until) }) : name))
  return list([...roles, ...persons])
}
