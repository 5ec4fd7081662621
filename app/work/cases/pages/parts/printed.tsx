import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import type { OpenedCase } from '../../queries.ts'
import { words } from '../../words.ts'

const t = words('de')

/** On paper only: which case this sheet belongs to, of which day, and that it is not for everybody. */
export const Printed = ({ visit, found: { number } }: { visit: Visit; found: OpenedCase }) => (
  <p class="print-only">{t('printed', { town: visit.town.name, number, day: formats('de').dayShort(visit.now) })}</p>
)
