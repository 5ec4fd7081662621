import { NotAllowed } from '#platform/kernel/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Card, Lead, Notice } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { armsPicture } from '../queries/settings.ts'
import { callSheet, entrySheet } from './forms.ts'
import { poster } from './poster.ts'
import { words } from './words.ts'

const t = words('de')

/** `/{town}/verwaltung/papier`: everything to be printed. */
export const get = (visit: Visit): View => ({
  layout: 'staff',
  at: addresses.administration(visit.town),
  title: t('title'),
  body: (
    <>
      <Lead>{t('lead')}</Lead>
      <Card title={t('poster')}>
        <p>{t('poster.about')}</p>
        {!visit.town.opened_at && <Notice kind="waiting">{t('poster.not-open')}</Notice>}
        <p>
          <ButtonLink href={addresses.paper(visit.town, 'aushang-a4')}>{t('poster.a4')}</ButtonLink>{' '}
          <ButtonLink href={addresses.paper(visit.town, 'aushang-a3')} look="secondary">
            {t('poster.a3')}
          </ButtonLink>
        </p>
      </Card>
      <Card title={t('forms')}>
        <p>{t('forms.about')}</p>
        <p>
          <ButtonLink href={addresses.paper(visit.town, 'meldebogen')} look="secondary">
            {t('forms.entry')}
          </ButtonLink>{' '}
          <ButtonLink href={addresses.paper(visit.town, 'anrufbogen')} look="secondary">
            {t('forms.call')}
          </ButtonLink>
        </p>
      </Card>
      {visit.may('intake.decide') && (
        <Card title={t('cards')}>
          <p>{t('cards.about')}</p>
          <p>
            <a href={addresses.cards(visit.town)}>{t('cards.to')}</a>
          </p>
        </Card>
      )}
    </>
  ),
})

async function posterOf(visit: Visit, sheet: 'a4' | 'a3'): Promise<Uint8Array> {
  const { name, arms } = visit.town
  const { model, picture } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    picture: arms ? await armsPicture(tx, arms, 'large') : undefined,
  }))
  const address = new URL(addresses.town(visit.town), visit.origin).href
  return poster({ town: name, address, model, arms: picture }, sheet)
}

const sheets: Record<string, (visit: Visit) => Promise<Uint8Array>> = {
  'aushang-a4': (visit) => posterOf(visit, 'a4'),
  'aushang-a3': (visit) => posterOf(visit, 'a3'),
  meldebogen: async (visit) => entrySheet(visit.town.name, await visit.tx(modelInForce)),
  anrufbogen: async (visit) => callSheet(visit.town.name, await visit.tx(modelInForce)),
}

/** `/{town}/verwaltung/papier/{sheet}.pdf` */
export async function sheet(visit: Visit): Promise<Response> {
  const name = (visit.params.file ?? '').replace(/\.pdf$/, '')
  const make = Object.hasOwn(sheets, name) ? sheets[name] : undefined
  if (!make) throw new NotAllowed('sheet', { hidden: true })
  return pdfResponse(await make(visit), `${name}.pdf`)
}
