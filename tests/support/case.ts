import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'

/** Opens a case that stands at its assessment. Returns its id. */
export async function openedForAssessment(tx: TenantTx, matter = 'Streit am Brunnen'): Promise<string> {
  const model = await modelInForce(tx)
  const at = stepOfKind(model, 'assess').id
  return openCase(tx, { matter, area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
}

export type Person = Extract<Who, { kind: 'person' }>
