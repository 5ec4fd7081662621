import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, TextField } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { Slip } from '../../pages/parts/slip.tsx'
import { askConcerned, askedFor, mostLinks } from '../commands.ts'
import { questionsOf } from '../rules.ts'
import { publicWords, words } from '../words.ts'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({ ...(await caseOf(tx, visit)), asks: questionsOf(await modelInForce(tx)).length > 0 }))
type Found = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/auswertung`: links for those concerned; they are shown once. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm({ count: '2' }))

export async function post(visit: Visit): Promise<View> {
  const found = await load(visit)
  const raw = await visit.form()
  const count = Number(raw.count)
  if (!Number.isInteger(count) || count < 1 || count > mostLinks) {
    const form = withError(emptyForm(raw), 'count', t('error.count', { most: mostLinks }))
    return { ...view(visit, found, form), ...mend }
  }
  const tokens = await visit.tx((tx) => askConcerned(tx, found.id, count))
  const links = tokens.map((token) => `${visit.origin}${addresses.evaluation(visit.town, token)}`)
  return view(visit, found, emptyForm({ count: '2' }), links)
}

const view = (visit: Visit, found: Found, form: FormState, links: readonly string[] = []): View =>
  partOf(visit, found, {
    title: t('ask.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <div class="no-print">
          <Lead>{t('ask.lead', { days: askedFor })}</Lead>
        </div>
        {links.length > 0 && <Links links={links} />}
        {found.closedOn && found.asks ? (
          <div class="no-print">
            <Form action={addresses.casePage(visit.town, found.id, 'auswertung')} token={visit.token}>
              <TextField name="count" label={t('ask.count')} form={form} short />
              <Button look={links.length > 0 ? 'secondary' : undefined}>{t('ask.make')}</Button>
            </Form>
          </div>
        ) : (
          <Notice kind="info">{t(found.asks ? 'ask.open-case' : 'ask.no-questions')}</Notice>
        )}
      </>
    ),
  })

const Links = ({ links }: { links: readonly string[] }) => (
  <Card title={t('ask.made')} next>
    <p class="quiet no-print">{t('ask.once')}</p>
    <ol>
      {links.map((link, i) => (
        <li>
          <Slip link={link} label={t('ask.qr', { n: i + 1 })} title={(language) => publicWords(language)('title')} />
        </li>
      ))}
    </ol>
  </Card>
)
