import { get, signedIn, type Slice } from '#platform/web/index.ts'
import { searchPage } from './pages/search.tsx'
import { todayPage } from './pages/today.tsx'
import { words } from './words.ts'

/** The desk asks every field of work; which ones there are it is told from above. */
export const deskSlice = (slices: readonly Slice[]): Slice => ({
  name: 'desk',
  routes: [get('/:town/heute', signedIn, todayPage(slices)), get('/:town/suche', signedIn, searchPage(slices))],
  navigation: [
    { group: 'work', order: 10, label: words('de')('nav.today'), href: (slug) => `/${slug}/heute`, verbs: [] },
  ],
})
