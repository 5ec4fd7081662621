import { refuse, type Fault } from './faults.ts'

type Document = Record<string, unknown>

/** The schema number this program writes. */
const schemaNumber = 1

/** From schema number n to n + 1. Published documents stay as they are; they are only read differently. */
const steps: Record<number, (document: Document) => Document> = {}

/** Brings a document of an older schema number to today's shape. Refuses what is no document or from the future. */
export function upcast(document: unknown): { document: Document } | { faults: Fault[] } {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return { faults: [refuse('', 'noDocument')] }
  let current = document as Document
  const first = current['schema']
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || first > schemaNumber)
    return { faults: [refuse('/schema', 'schemaNumber', { known: schemaNumber })] }
  for (let number = first; number < schemaNumber; number++)
    current = { ...steps[number]?.(current), schema: number + 1 }
  return { document: current }
}
