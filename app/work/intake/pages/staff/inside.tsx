import { redirect, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, MoreDetails } from '#ui/index.ts'
import { insideAgreed, isInside, type Compiled } from '#work/model/index.ts'
import { keepInside } from '../../commands/inside.ts'
import type { OpenedReport } from '../../queries.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang/{report}/verwaltung`: it is about the administration itself. */
export async function post(visit: Visit): Promise<Response> {
  await visit.tx((tx) => keepInside(tx, visit.params.report ?? ''))
  return redirect(addresses.inbox(visit.town))
}

/** What happens with a conflict inside the administration, for whoever decides about a report. */
export function Inside({ visit, report, model }: { visit: Visit; report: OpenedReport; model: Compiled }) {
  if (!model.model.inside || isInside(model, report.subject) || !visit.may('intake.decide')) return null
  return (
    <MoreDetails title={t('inside.title')}>
      {insideAgreed(model) ? (
        <Form action={addresses.reportPage(visit.town, report.id, 'verwaltung')} token={visit.token}>
          <p>{t('inside.lead')}</p>
          <Button look="secondary">{t('inside.give')}</Button>
        </Form>
      ) : (
        <p>{t('inside.unagreed')}</p>
      )}
    </MoreDetails>
  )
}
