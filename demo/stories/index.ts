import { matterAtTheBorder } from './border.ts'
import { schoolGate, squareAtNight } from './cases.ts'
import { closingConference, dialogueInTheNorth } from './gatherings.ts'
import { askedToSee } from './inspection.ts'
import { whatWasLearned } from './learned.ts'
import { clubsAndFence, newlyArrived, oneEvening, smallThings, threatened } from './intake.ts'
import { newsletterOfAutumn, newsletterOfNetwork } from './newsletter.ts'
import { askedForConsent, inAnotherLanguage, nameTakenOut, oneNight, waitsForSecond } from './reading.ts'
import { caseInEveryStep } from './steps.ts'
import type { Storyteller } from './storyteller.ts'

export { Storyteller } from './storyteller.ts'

/** The stories of Lindenau, one field of work after the other. */
export async function tellLindenau(story: Storyteller): Promise<void> {
  await squareAtNight(story)
  await schoolGate(story)
  await caseInEveryStep(story)
  await smallThings(story)
  await newlyArrived(story)
  await oneEvening(story)
  await threatened(story)
  await nameTakenOut(story)
  await inAnotherLanguage(story)
  await askedForConsent(story)
  await oneNight(story)
  await dialogueInTheNorth(story)
  await newsletterOfAutumn(story)
  await askedToSee(story)
  await whatWasLearned(story)
}

/** The stories of Kreis Auental. */
export async function tellAuental(story: Storyteller): Promise<void> {
  await clubsAndFence(story)
  await waitsForSecond(story)
  await matterAtTheBorder(story)
}

/** The stories of the state's coordination office, which speaks for the network. */
export async function tellState(story: Storyteller): Promise<void> {
  await closingConference(story)
  await newsletterOfNetwork(story)
}
