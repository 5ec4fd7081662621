import type { FormState } from '#platform/forms/index.ts'
import type { RawForm } from '#platform/forms/index.ts'
import * as addresses from '#app/addresses.ts'
import { Notice } from '#ui/index.ts'
import type { Visit } from '#platform/web/index.ts'
import type { Missing } from '../../rules.ts'
import { words, type WordKey } from '../../words.ts'

const t = words('de')

/** What is missing, at the fields of this page. */
export const missingState = (values: RawForm, missing: readonly Missing[]): FormState => ({
  values,
  errors: missing.flatMap(({ field, message, values: said }) =>
    field ? [{ field, message: t(message as WordKey, said) }] : [],
  ),
})

/** What is missing elsewhere, each with the way there. */
export const MissingElsewhere = ({ visit, id, missing }: { visit: Visit; id: string; missing: readonly Missing[] }) => (
  <>
    {missing.map(
      ({ page, message, values }) =>
        page && (
          <Notice kind="waiting">
            {t(message as WordKey, values)} <a href={addresses.casePage(visit.town, id, page)}>{t(`to.${page}`)}</a>
          </Notice>
        ),
    )}
  </>
)
