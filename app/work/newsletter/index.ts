import './tables.ts'
import { daily } from '#platform/jobs/index.ts'
import type { Slice } from '#platform/web/index.ts'
import { alreadyLetter, confirmationLetter } from './commands/confirmLetters.ts'
import { eraseDue } from './commands/erase.ts'
import { routes } from './routes.ts'

export { mailWasSettled } from './commands/confirmLetters.ts'

export const newsletterSlice: Slice = {
  name: 'newsletter',
  routes,
  letters: { 'newsletter.confirmation': confirmationLetter, 'newsletter.already': alreadyLetter },
  timed: [daily('newsletter.erase', '03:20', eraseDue)],
}
