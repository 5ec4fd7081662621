import './tables.ts'
import { daily } from '#platform/jobs/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { forgetSettled } from '#platform/mail/index.ts'
import { get, may, open, post, signedIn, type Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { administrationPage } from './pages/administration.tsx'
import * as calendar from './pages/calendar.tsx'
import * as retention from './pages/retention.tsx'
import { searchPage } from './pages/search.tsx'
import { todayPage } from './pages/today.tsx'
import { words } from './words.ts'

export { forgetCalendar } from './commands.ts'

/** Who looks after deletion: counts and days only, no record is named. */
const keepers = ['town.settings', 'retention.hold', 'audit.read']

/** The desk asks every field of work; which ones there are it is told from above. */
export const deskSlice = (slices: readonly Slice[]): Slice => ({
  name: 'desk',
  routes: [
    get('/:town/heute', signedIn, todayPage(slices)),
    get('/:town/heute/kalender', signedIn, calendar.get),
    post('/:town/heute/kalender', signedIn, calendar.post),
    post('/:town/heute/mitteilungen', signedIn, calendar.postNotices),
    get('/:town/kalender/:file', open, calendar.feed(slices)),
    get('/:town/suche', signedIn, searchPage(slices)),
    get('/:town/verwaltung', may('town.settings'), administrationPage),
    get('/:town/verwaltung/aufbewahrung', may(...keepers), retention.get),
    post('/:town/verwaltung/aufbewahrung', may('town.settings'), retention.post),
  ],
  timed: [daily('mail.forget', '03:10', (tx) => forgetSettled(tx, addDays(berlinDay(tx.now), -30)))],
  navigation: [
    { group: 'work', order: 10, label: words('de')('nav.today'), href: (slug) => `/${slug}/heute`, verbs: [] },
    {
      group: 'set-up',
      order: 90,
      label: words('de')('admin.nav'),
      href: (slug) => addresses.administration(slug),
      verbs: ['town.settings'],
    },
  ],
})
