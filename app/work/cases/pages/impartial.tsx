import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead } from '#ui/index.ts'
import { declareImpartial, recuse } from '../commands/declare.ts'
import { words } from '../words.ts'
import { caseOf, partOf } from './parts/load.ts'

const t = words('de')

/** `/{town}/faelle/{case}/unparteilichkeit`: for no side, or stepping back without having to say why. */
export async function get(visit: Visit): Promise<View> {
  const { id, matter } = await visit.tx((tx) => caseOf(tx, visit))
  return partOf(visit, id, {
    title: t('impartial.title'),
    body: (
      <>
        <Lead>{t('impartial.lead', { matter })}</Lead>
        <ul>
          {(['worked', 'close', 'interest'] as const).map((part) => (
            <li>{t(`impartial.${part}`)}</li>
          ))}
        </ul>
        <Form action={addresses.casePage(visit.town, id, 'unparteilichkeit')} token={visit.token}>
          <p>
            <Button name="say" value="impartial">
              {t('impartial.declare')}
            </Button>{' '}
            <Button name="say" value="recuse" look="secondary">
              {t('impartial.recuse')}
            </Button>
          </p>
          <p class="quiet">{t('impartial.recuse.hint')}</p>
        </Form>
      </>
    ),
  })
}

export async function post(visit: Visit): Promise<Response> {
  const { id } = await visit.tx((tx) => caseOf(tx, visit))
  const { say } = await visit.form()
  if (say === 'recuse') {
    await visit.tx((tx) => recuse(tx, id))
    return redirect(addresses.cases(visit.town))
  }
  if (say === 'impartial') await visit.tx((tx) => declareImpartial(tx, id))
  return redirect(addresses.casePage(visit.town, id))
}
