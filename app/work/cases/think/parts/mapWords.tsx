import { DataTable } from '#ui/index.ts'
import type { MapChange, MapDocument, Relation, Unplaced } from '../map/document.ts'
import type { Parties } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

/** One relation as a sentence. */
export const sayRelation = ({ from, to, kind }: Relation, { label }: Pick<Parties, 'label'>): string =>
  t(`kind.${kind}.sentence`, { from: label(from), to: label(to) })

/** One difference of two maps as a sentence. */
export function sayChange(change: MapChange, parties: Pick<Parties, 'label'>): string {
  const { label } = parties
  switch (change.kind) {
    case 'came':
    case 'left':
      return t(`map.change.${change.kind}`, { label: label(change.party) })
    case 'influence':
      return t('map.change.influence', {
        label: label(change.party),
        from: t(`influence.${change.from}`),
        to: t(`influence.${change.to}`),
      })
    case 'turned': {
      const { from, to } = change
      return t('map.change.turned', {
        first: label(to.from),
        second: label(to.to),
        from: t(`kind.${from.kind}`),
        to: t(`kind.${to.kind}`),
      })
    }
    case 'begun':
    case 'ended':
      return t(`map.change.${change.kind}`, { relation: sayRelation(change.relation, parties) })
  }
}

/** The same as the drawing, to be read. */
export const MapTables = ({ document, parties }: { document: MapDocument<Unplaced>; parties: Parties }) => (
  <>
    <DataTable
      caption={t('map.actors')}
      columns={[t('party.label'), t('party.stands'), t('map.influence')]}
      rows={document.actors.map(({ party, influence }) => {
        const stands = parties.all.find(({ id }) => id === party)?.stands ?? 'outside'
        return [parties.label(party), t(`stands.${stands}`), t(`influence.${influence}`)]
      })}
    />
    {document.relations.length > 0 && (
      <DataTable
        caption={t('map.relations')}
        columns={[t('map.relation'), t('map.kind')]}
        rows={document.relations.map((one) => [sayRelation(one, parties), t(`kind.${one.kind}`)])}
      />
    )}
  </>
)
