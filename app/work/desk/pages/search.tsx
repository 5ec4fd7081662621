import { emptyForm } from '#platform/forms/index.ts'
import { isBuilt } from '#platform/search/index.ts'
import type { Found, Handler, Slice, View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, EmptyState, Lead, Notice, TextField } from '#ui/index.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/suche`: one field over everything this person may open. */
export const searchPage =
  (slices: readonly Slice[]): Handler =>
  async (visit): Promise<View> => {
    const asked = visit.url.searchParams.get('worte')?.trim().slice(0, 200) ?? ''
    const person = visit.person!
    const { found, ready } = await visit.tx(async (tx) => {
      const all: Found[] = []
      if (asked)
        for (const slice of slices) all.push(...((await slice.search?.(tx, person, visit.town.slug, asked)) ?? []))
      return { found: all, ready: await isBuilt(tx) }
    })
    return {
      layout: 'staff',
      title: t('search.title'),
      body: <Search visit={visit} asked={asked} found={found} ready={ready} />,
    }
  }

function Search({
  visit,
  asked,
  found,
  ready,
}: {
  visit: Visit
  asked: string
  found: readonly Found[]
  ready: boolean
}) {
  return (
    <>
      <form method="get" action={addresses.search(visit.town)} role="search">
        <TextField name="worte" label={t('search.label')} hint={t('search.hint')} form={emptyForm({ worte: asked })} />
        <Button>{t('search.button')}</Button>
      </form>
      {!ready && <Notice kind="waiting">{t('search.rebuilding')}</Notice>}
      {asked && <Lead>{t('search.state', { count: found.length })}</Lead>}
      {asked && found.length === 0 && <EmptyState>{t('search.none')}</EmptyState>}
      <ul class="plain">
        {found.map(({ title, about, href }) => (
          <li>
            <a href={href}>{title}</a> <span class="quiet">{about}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
