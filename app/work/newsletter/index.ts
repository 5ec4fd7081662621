import './tables.ts'
import { daily, every } from '#platform/jobs/index.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { alreadyLetter, confirmationLetter } from './commands/confirmLetters.ts'
import { eraseDue, retained } from './commands/erase.ts'
import { fillJobs, minuteRound, testLetter, owed } from './commands/issue.ts'
import { issueLetters } from './commands/issueLetters.ts'
import { probeLetter } from './commands/probeLetter.ts'
import { routes } from './routes.ts'
import { waiting } from './waiting.ts'
import { words } from './words.ts'

export { mailWasSettled } from './commands/confirmLetters.ts'
export { leftTheList, mailWasReturned } from './commands/returns.ts'

export const newsletterSlice: Slice = {
  name: 'newsletter',
  routes,
  waiting,
  navigation: [
    {
      group: 'learn',
      order: 60,
      label: words('de')('nav.newsletter'),
      href: (slug) => addresses.newsletterDesk(slug),
      verbs: ['newsletter.send'],
    },
  ],
  letters: {
    'newsletter.confirmation': confirmationLetter,
    'newsletter.already': alreadyLetter,
    'newsletter.test': testLetter,
    'newsletter.probe': probeLetter,
  },
  bulkLetters: { 'newsletter.issue': issueLetters },
  jobs: fillJobs,
  retained,
  owed,
  timed: [daily('newsletter.erase', '03:20', eraseDue), every('newsletter.minute', 1, minuteRound)],
}
