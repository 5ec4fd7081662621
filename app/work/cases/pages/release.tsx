import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead } from '#ui/index.ts'
import { withdrawRelease } from '../commands/choose.ts'
import { choiceOf } from '../queries/choice.ts'
import { namesOf } from '../queries/people.ts'
import { words } from '../words.ts'
import { caseOf, partOf } from './parts/load.ts'

const t = words('de')

/** `/{town}/faelle/{case}/freigabe`: the parties take back that it may be written down. Not there for any other case. */
export async function get(visit: Visit): Promise<View> {
  const { found, release, name } = await visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const release = (await choiceOf(tx, found.id))?.said?.release
    if (!release) throw new NotAllowed('release', { hidden: true })
    return { found, release, name: (await namesOf(tx, [release.seenBy])).get(release.seenBy) ?? '' }
  })
  return partOf(visit, found, {
    title: t('release.title'),
    body: (
      <>
        <Lead>{t('release.lead')}</Lead>
        <p>{t('release.present', { day: formats('de').day(release.on), name })}</p>
        <ul>
          {(['gone', 'stays', 'paper'] as const).map((part) => (
            <li>{t(`release.${part}`)}</li>
          ))}
        </ul>
        <Form action={addresses.casePage(visit.town, found.id, 'freigabe')} token={visit.token}>
          <Button>{t('release.withdraw')}</Button>
        </Form>
      </>
    ),
  })
}

export async function post(visit: Visit): Promise<Response> {
  const id = await visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    await withdrawRelease(tx, found.id)
    return found.id
  })
  return redirect(addresses.casePage(visit.town, id))
}
