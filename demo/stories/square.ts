import { assess, assessBeside } from '#work/cases/commands/assess.ts'
import { saveMap } from '#work/cases/think/commands/map.ts'
import { addParty } from '#work/cases/think/commands/party.ts'
import type { Influence, Relation } from '#work/cases/think/map/document.ts'
import { party, type Depth } from '#work/cases/think/schema.ts'
import type { Storyteller } from './storyteller.ts'

const sides = {
  residents: ['Anwohnerschaft', 'party', 'group', 'Vier Häuser am Platz, viele Familien'],
  youths: ['Jugendliche am Platz', 'party', 'group', 'Treffen sich seit dem Ende des Jugendtreffs hier'],
  pub: ['Gaststätte am Kai', 'affected', 'institution', undefined],
  children: ['Schulkinder aus den Häusern', 'affected', 'group', 'Schlafen bei geschlossenem Fenster'],
  order: ['Ordnungsdienst', 'supports', 'institution', 'Kommt meist nach zehn'],
  club: ['Bootsverein', 'supports', 'group', 'Hat einen Raum, der abends leer steht'],
  voice: ['Wortführer aus dem Netz', 'outside', 'person', 'Macht aus dem Lärm eine Frage der Herkunft'],
} as const
type Ids = Record<keyof typeof sides, string>

const early = ({ residents, youths }: Ids): Depth => ({
  climate: 'hot',
  content: ['interest', 'relationship'],
  course: 'Im Mai schloss der Jugendtreff. Seit Juni Musik am Platz, seit August Anrufe beim Ordnungsdienst.',
  parties: {
    [residents]: { stage: 3, position: 'Ruhe ab zehn Uhr', need: 'Schlaf' },
    [youths]: { stage: 2, position: 'Der Platz ist für alle da', need: 'Ein Ort am Abend' },
  },
})

const later = (ids: Ids): Depth => ({
  ...early(ids),
  core: 'meso',
  gap: 'some',
  content: ['interest', 'relationship', 'value'],
  power: 'Die Häuser haben Stimmen im Rat, die Jugendlichen nicht.',
  connectors: 'Der Bootsverein kennt beide; ein Sommerfest gab es früher gemeinsam.',
  dividers: 'Aufrufe im Netz, nächtliche Kontrollen vor aller Augen.',
  questions: 'Wer hat den Aufruf verbreitet? Warum schloss der Jugendtreff?',
  parties: {
    [ids.residents]: {
      stage: 5,
      position: 'Ruhe ab zehn Uhr, sonst Platzverbot',
      interest: 'Dass jemand zuständig ist',
      need: 'Schlaf',
      fear: 'Dass es nie endet',
    },
    [ids.youths]: {
      stage: 4,
      position: 'Der Platz ist für alle da',
      interest: 'Einen Raum für den Abend',
      need: 'Ein Ort, an dem sie niemand vertreibt',
      fear: 'Als Gefahr zu gelten',
    },
  },
})

const between = ({ residents, youths, children, order, pub }: Ids): Relation[] => [
  { from: residents, kind: 'tension', to: youths },
  { from: residents, kind: 'alliance', to: children },
  { from: order, kind: 'power', to: youths },
  { from: pub, kind: 'weak', to: residents },
]

const betweenLater = (ids: Ids): Relation[] => [
  { from: ids.residents, kind: 'conflict', to: ids.youths },
  ...between(ids).slice(1),
  { from: ids.club, kind: 'weak', to: ids.youths },
  { from: ids.club, kind: 'alliance', to: ids.residents },
  { from: ids.voice, kind: 'tension', to: ids.youths },
  { from: ids.voice, kind: 'broken', to: ids.club },
]

/** More sides than anybody thought: two versions a week apart, a second view beside the last, the map on two days. */
export async function squareInDepth(story: Storyteller, id: string, matter: string): Promise<void> {
  const olena = story.as('Olena Marchenko')
  const ids = {} as Record<string, string>
  for (const [i, [name, [label, stands, form, about]]] of Object.entries(sides).entries())
    ids[name] = await story
      .at(9, 3 + i)
      .do(olena, (tx) => addParty(tx, id, party.parse({ label, stands, form, about })))
  const known = ids as Ids
  const influence: Record<string, Influence> = { [known.residents]: 3, [known.order]: 3, [known.voice]: 4 }
  const draw = (present: readonly string[], relations: Relation[], onto: number) =>
    story.do(olena, (tx) => {
      const actors = present.map((one) => ({ party: one, influence: influence[one] ?? 2 }))
      return saveMap(tx, id, { actors, relations }, onto)
    })
  const nextStep = 'Am Freitagabend vor Ort sein und beide Seiten hören'
  const notes = 'Zwei Gruppen teilen sich den Platz; verabredet war nie etwas.'
  await story.at(9, 11).do(olena, (tx) => assess(tx, id, { matter, nextStep, notes }, {}, 0, early(known)))
  story.at(9, 12)
  await draw([known.residents, known.youths, known.pub, known.children, known.order], between(known), 0)

  const next = 'Getrennt sprechen, zuerst mit den Jugendlichen; den Bootsverein nach dem Raum fragen'
  const said = { matter, nextStep: next, notes, level: 'wide' } as const
  await story.at(2, 11).do(olena, (tx) => assess(tx, id, said, {}, 1, later(known)))
  const view: Depth = { climate: 'hot', parties: { [known.residents]: { stage: 4 }, [known.youths]: { stage: 4 } } }
  const other = { said: { matter, nextStep: 'Zuerst mit dem Bootsverein sprechen' }, answers: {}, depth: view }
  await story.at(1, 15).do(story.as('Jonas Feldkamp'), (tx) => assessBeside(tx, id, other, 2))
  story.at(1, 16)
  await draw(Object.values(known), betweenLater(known), 1)
}
