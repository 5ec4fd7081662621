import { get, open, type Slice } from '#platform/web/index.ts'
import * as start from './pages/start.tsx'

export const networkSlice: Slice = { name: 'network', routes: [get('/', open, start.get)] }
