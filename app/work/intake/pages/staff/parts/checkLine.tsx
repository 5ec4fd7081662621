import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Notice } from '#ui/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** Whether somebody has looked for names of others yet, and the way there. */
export const CheckLine = ({
  visit,
  report: { id, checked },
  persons,
}: {
  visit: Visit
  report: OpenedReport
  persons: boolean
}) => (
  <>
    {visit.may('intake.check') && !checked && <Notice kind="info">{t('check.open')}</Notice>}
    <p class="deeds">
      {visit.may('intake.check') && (
        <ButtonLink href={addresses.reportPage(visit.town, id, 'pruefen')} look="secondary">
          {t(checked ? 'check.link.again' : 'check.link')}
        </ButtonLink>
      )}{' '}
      {persons && visit.may('intake.contacts') && (
        <ButtonLink href={addresses.contactSheet(visit.town, { report: id })} look="secondary">
          {t('contacts.link')}
        </ButtonLink>
      )}
    </p>
  </>
)
