import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Card, Lead, Notice } from '#ui/index.ts'
import { anyCommitment } from '#work/cases/index.ts'
import { modelInForce, readingOffice, say, type Compiled } from '#work/model/index.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './begun.ts'
import { DangerNumbers, NextReading } from './parts/sentences.tsx'

/** `/{town}`: what this is, and the doors. The seat of the network has none: it is found at the network's address. */
export async function get(visit: Visit): Promise<View | Response> {
  if (visit.town.kind === 'state') return redirect(addresses.network)
  const [model, promised] = await asPublic(visit, (tx) => Promise.all([modelInForce(tx), anyCommitment(tx)]))
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('town.title', { town: visit.town.name }),
    body: (
      <>
        {visit.town.opened_at ? (
          <>
            <Lead>{t('town.lead')}</Lead>
            <Doors visit={visit} model={model} />
            <Reader visit={visit} model={model} />
          </>
        ) : (
          <NotYet visit={visit} model={model} />
        )}
        <DangerNumbers visit={visit} model={model} />
        <p>
          <a href={addresses.howWeWork(visit.town)}>{t('town.how')}</a>
        </p>
        {promised && (
          <p>
            <a href={addresses.commitments(visit.town)}>{t('town.promised')}</a>
          </p>
        )}
        <p>
          <a href={addresses.gatherings(visit.town)}>{t('town.gatherings')}</a>
        </p>
        <p>
          <a href={addresses.newsletter(visit.town)}>{t('town.newsletter')}</a>
        </p>
      </>
    ),
  }
}

function Doors({ visit, model }: { visit: Visit; model: Compiled }) {
  const t = publicWords(visit.language)
  const { open, callback } = model.model.publicForm
  const { phone = '' } = readingOffice(model).reads
  return (
    <>
      {open ? (
        <Card title={t('town.report')}>
          <p>{t('town.report.about')}</p>
          <NextReading visit={visit} model={model} />
          <p>
            <ButtonLink href={addresses.reportForm(visit.town)}>{t('town.report')}</ButtonLink>
          </p>
        </Card>
      ) : (
        <Notice kind="info">{t('town.closed', { phone })}</Notice>
      )}
      {callback && (
        <Card title={t('town.callback')}>
          <p>{t('town.callback.about')}</p>
          <p>
            <ButtonLink href={addresses.callback(visit.town)} look="secondary">
              {t('town.callback')}
            </ButtonLink>
          </p>
        </Card>
      )}
      <Card title={t('town.mailbox')}>
        <p>{t('town.mailbox.about')}</p>
        <p>
          <ButtonLink href={addresses.mailbox(visit.town)} look="secondary">
            {t('town.mailbox')}
          </ButtonLink>
        </p>
      </Card>
    </>
  )
}

/** Set up, but not public yet: nothing to fill in, and whom to call. */
function NotYet({ visit, model }: { visit: Visit; model: Compiled }) {
  const t = publicWords(visit.language)
  const { phone } = readingOffice(model).reads
  return (
    <>
      <Notice kind="info">{t('town.not-open')}</Notice>
      {phone && <p>{t('town.call', { phone })}</p>}
      <p>
        <a href={addresses.mailbox(visit.town)}>{t('town.mailbox')}</a>
      </p>
    </>
  )
}

/** Which office reads; where the model offers another one in some area, that too. */
function Reader({ visit, model }: { visit: Visit; model: Compiled }) {
  const t = publicWords(visit.language)
  const name = (office: { name: Parameters<typeof say>[0] }) => say(office.name, visit.language)
  const others = new Set(
    model.model.areas.flatMap(({ id }) => {
      const { instead } = readingOffice(model, id)
      return instead ? [name(instead)] : []
    }),
  )
  return (
    <>
      <p>{t('town.reader', { office: name(readingOffice(model).reads) })}</p>
      {others.size > 0 && <p>{t('town.reader.instead', { office: [...others].join(' · ') })}</p>}
    </>
  )
}
