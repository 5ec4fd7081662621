import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelVersion } from '#work/model/index.ts'
import { agreements } from '../agree/queries.ts'
import { openedCase } from '../queries.ts'
import { entries, measures, newestAssessment } from '../queries/course.ts'
import { mapOf, partiesOf } from '../think/queries.ts'
import { visitedCase } from './commands/owner.ts'
import type { GuestPart } from './schema.ts'

/** What a guest is shown: the matter and how it stands, and what was ticked for her. The rest is not even asked for. */
export async function shown(tx: TenantTx, id: string) {
  const { case: caseId, parts } = await visitedCase(tx, id)
  const found = await openedCase(tx, caseId)
  if (!found) throw new NotAllowed('guest', { hidden: true })
  const { contentKey } = found
  const has = (part: GuestPart) => parts.includes(part)
  const parties = partiesOf(tx, caseId, contentKey)
  const [model, assessment, map, arranged, agreed, told] = await Promise.all([
    modelVersion(tx, found.modelVersion),
    has('parties') ? newestAssessment(tx, caseId, contentKey) : undefined,
    has('map') ? parties.then((all) => mapOf(tx, caseId, contentKey, all)) : undefined,
    has('measures') ? measures(tx, caseId, contentKey) : [],
    has('agreement') ? agreements(tx, caseId, contentKey) : [],
    // Without the course she reads her own messages only.
    has('course') || has('say') ? entries(tx, caseId, contentKey, 'newest') : [],
  ])
  const signed = agreed.find(({ state }) => state === 'signed')
  return { found, model, has, parties: await parties, assessment, map, arranged, signed, told }
}
export type Shown = Awaited<ReturnType<typeof shown>>
