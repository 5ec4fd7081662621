import type { Slice } from '#platform/web/index.ts'
import { aboutCase } from './aboutCase.ts'
import { routes } from './routes.ts'

export const inspectionSlice: Slice = {
  name: 'inspection',
  routes,
  aboutCase,
}
