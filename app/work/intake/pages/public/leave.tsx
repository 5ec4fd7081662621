import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Lead } from '#ui/index.ts'
import { publicWords } from '../../words.ts'
import { lock } from './box.ts'
import { forget } from './begun.ts'

/**
 * `/{town}/verlassen`, by link or form: destroys what was begun and lands on a page that says nothing. After "Fertig"
 * the browser is also asked to drop the pages it keeps; leaving quickly must not wait for that.
 */
export async function leave(visit: Visit): Promise<Response> {
  await forget(visit)
  lock(visit)
  const headers: Record<string, string> = visit.request.method === 'POST' ? { 'clear-site-data': '"cache"' } : {}
  return redirect(addresses.farewell(), headers)
}

/** `/auf-wiedersehen` */
export function farewell(visit: Visit): View {
  const t = publicWords(visit.language)
  return { layout: 'plain', title: t('farewell.title'), body: <Lead>{t('farewell.text')}</Lead> }
}
