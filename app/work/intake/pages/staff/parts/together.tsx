import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, ButtonLink, Card, Form } from '#ui/index.ts'
import type { Compiled } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { alikeReports, joinedReports, type Alike, type Joined } from '../../../queries/alike.ts'
import { pileSize } from '../../../queries/lists.ts'
import { headlineOf } from '../../../rules.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** What a report belongs together with, and what it may belong together with. */
export interface Together {
  readonly alike: readonly Alike[]
  readonly joined: readonly Joined[]
  /** How many look-alikes lie on its pile, itself included; 0 where there is none. */
  readonly piled: number
}

/** Nothing is proposed to somebody who could not merge, nor for what waits for the substitute. */
export async function togetherOf(tx: TenantTx, visit: Visit, report: OpenedReport, model: Compiled): Promise<Together> {
  const open = report.stepKind !== 'closed' && !report.caseId && !report.mergedInto && !report.heldFor
  const joined = await joinedReports(tx, { with: report.id })
  return {
    alike: open && visit.may('intake.decide') ? await alikeReports(tx, model, report.id) : [],
    joined: joined.length > 1 ? joined : [],
    piled: report.pile && open ? await pileSize(tx, report.pile) : 0,
  }
}

export function TogetherParts({ visit, report, together }: { visit: Visit; report: OpenedReport; together: Together }) {
  const { joined, alike } = together
  return (
    <>
      {joined.length > 0 && <Merged visit={visit} report={report} joined={joined} />}
      {alike.length > 0 && <Proposed visit={visit} report={report} alike={alike} />}
    </>
  )
}

/** Reports that go on behind the first of them, each with the way to part it again. */
function Merged({ visit, report, joined }: { visit: Visit; report: OpenedReport; joined: readonly Joined[] }) {
  const { day } = formats('de')
  return (
    <Card title={t('together.title')}>
      <p>{t(report.mergedInto ? 'together.led' : 'together.leads')}</p>
      <ul>
        {joined.map(({ id, headline, receivedOn, reason, channel }) => (
          <li>
            {id === report.id ? (
              <strong>
                <bdi>{headline}</bdi>
              </strong>
            ) : (
              <a href={addresses.reportPage(visit.town, id)}>
                <bdi>{headline}</bdi>
              </a>
            )}{' '}
            <span class="quiet">
              {day(receivedOn)}, {t(`channel.${channel}`)}
              {reason && ` – ${reason}`}
            </span>
          </li>
        ))}
      </ul>
      {visit.may('intake.decide') && joined.some(({ id, reason }) => id === report.id && reason) && (
        <Part visit={visit} id={report.id} />
      )}
    </Card>
  )
}

const Part = ({ visit, id }: { visit: Visit; id: string }) => (
  <Form action={addresses.reportPage(visit.town, id, 'trennen')} token={visit.token}>
    <Button look="secondary">{t('together.part')}</Button>
  </Form>
)

function Proposed({ visit, report, alike }: { visit: Visit; report: OpenedReport; alike: readonly Alike[] }) {
  const { day } = formats('de')
  return (
    <Card title={t('alike.title')}>
      <p>{t('alike.lead')}</p>
      <ul>
        {alike.map(({ id, receivedOn, text, answer, caseId }) => (
          <li>
            <a href={addresses.reportPage(visit.town, id)}>
              <bdi>{headlineOf(text)}</bdi>
            </a>{' '}
            <Badge kind="neutral">{t(`alike.${answer}`)}</Badge>{' '}
            <span class="quiet">
              {day(receivedOn)}
              {caseId && `, ${t('alike.in-case')}`}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <ButtonLink look="secondary" href={addresses.reportPage(visit.town, report.id, 'zusammenfuehren')}>
          {t('alike.compare')}
        </ButtonLink>
      </p>
    </Card>
  )
}
