import { checkText } from '#work/intake/commands/check.ts'
import { addContact } from '#work/intake/commands/contacts.ts'
import { decide } from '#work/intake/commands/decide.ts'
import { prepareReferral } from '#work/intake/commands/refer.ts'
import { askInterpreter } from '#work/intake/commands/translate.ts'
import { noteUrgent } from '#work/intake/commands/urgent.ts'
import { placesOf } from '#work/intake/passages.ts'
import { openReport } from '#work/intake/queries.ts'
import { letterOf, type Referring } from '#work/intake/referral.ts'
import { contactData, urgentData } from '#work/intake/schema.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { personsOf } from '../persons.ts'
import type { Storyteller } from './storyteller.ts'

const signs = { black: '[geschwärzt]', contact: '[auf dem Kontaktblatt]' }

/** A name is taken out of a report and kept on its contact sheet. */
export async function nameTakenOut(story: Storyteller): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const told = 'Frau Sandhagen aus dem Erdgeschoss reißt jeden Abend die Fenster auf und schreit die Kinder im Hof an.'
  const report = await story.at(4, 18).report(told, { area: 'suedhang', subject: 'neighbours', wish: 'talk' })
  const marks = placesOf(told, 'Frau Sandhagen').map((place) => ({
    part: 'observed' as const,
    ...place,
    what: 'role' as const,
    role: 'Eine Nachbarin',
  }))
  const person = contactData.parse({ role: 'Nachbarin im Erdgeschoss', name: 'Ilse Sandhagen', ways: '0221 4710 888' })
  await story.at(3, 9).do(miriam, async (tx) => {
    await checkText(tx, { report }, { version: 1, marks, signs })
    await addContact(tx, report, person)
  })
}

/** An Arabic report waits for its interpreter. */
export async function inAnotherLanguage(story: Storyteller): Promise<void> {
  const told = 'في المساء يصرخ شباب تحت نوافذنا، والأطفال لا يستطيعون النوم.'
  const report = await story.at(1, 16).report(told, { area: 'nordviertel', subject: 'noise', language: 'ar' })
  const interpreter = personsOf('lindenau').find(({ name }) => name === 'Yusuf Haddad')!.id
  await story.at(1, 17).do(story.as('Miriam Aydın'), (tx) => askInterpreter(tx, { report }, interpreter))
}

const prepare = (story: Storyteller, who: string, report: string, asked: Referring) =>
  story.do(story.as(who), async (tx) => {
    const opened = await openReport(tx, report)
    return prepareReferral(tx, report, asked, letterOf(asked, opened!, await modelInForce(tx)))
  })

/** The order office shall have a telephone number, if the family agrees. */
export async function askedForConsent(story: Storyteller): Promise<void> {
  const told = 'Der Wirt unter uns stellt bis nachts um drei Tische auf den Gehweg. Wir haben ihn dreimal angesprochen.'
  const contact = 'Familie Okafor, 0176 4711 302, am besten nachmittags'
  const report = await story.at(3, 20).report(told, { area: 'hafen', subject: 'noise', anonymity: 'office', contact })
  const purpose = 'Bitte prüfen Sie die Erlaubnis für die Tische auf dem Gehweg.'
  story.at(2, 11)
  await prepare(story, 'Miriam Aydın', report, {
    office: 'order-office',
    basis: 'consent',
    parts: ['observed', 'contact'],
    purpose,
  })
}

/** A night in which somebody had to be protected first. */
export async function oneNight(story: Storyteller): Promise<void> {
  const jonas = story.as('Jonas Feldkamp')
  const told = 'Vor unserer Tür steht seit einer Stunde ein Mann und droht meiner Schwester.'
  const report = await story.at(8, 22).report(told, { area: 'weststadt', subject: 'neighbours', danger: true })
  const lines = [
    { kind: 'not-reached', whom: 'Bereitschaft in der Nacht' },
    { kind: 'reached', whom: 'Polizei' },
    { kind: 'handed', whom: 'Polizei', what: 'Ort und Lage, die Schwester wartet in der Wohnung.', basis: 'danger' },
  ]
  for (const line of lines)
    await story.at(8, 22).do(jonas, (tx) => noteUrgent(tx, report, urgentData.parse(line), tx.now))
  await story.at(7, 9).decide(jonas, report, 'open', { matter: 'Drohungen an einer Wohnungstür in der Weststadt' })
}

/** Kreis Auental: handing over waits for the second person. */
export async function waitsForSecond(story: Storyteller): Promise<void> {
  const katrin = story.as('Katrin Vogel')
  const told = 'Auf dem Schulhof werden jüngere Kinder von Älteren erpresst.'
  const report = await story.at(2, 8).report(told, { area: 'auenbrueck', subject: 'school' })
  const asked: Referring = {
    office: 'youth-office',
    basis: 'law',
    ground: '§ 4 KKG',
    parts: ['observed'],
    purpose: 'Bitte um Einschätzung, ob Kinder gefährdet sind.',
  }
  const referral = await prepare(story.at(1, 9), 'Katrin Vogel', report, asked)
  await story.do(katrin, async (tx) => {
    const to = stepOfKind(await modelInForce(tx), 'refer').id
    const secondReason = 'Das Jugendamt kann beurteilen, ob Kinder gefährdet sind; wir können es nicht.'
    return decide(tx, katrin.roles, report, { to, version: 1, referral, because: 'better-placed', secondReason })
  })
}
