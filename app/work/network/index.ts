import { get, open, type Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import * as seat from './pages/seat.tsx'
import * as start from './pages/start.tsx'

export const networkSlice: Slice = {
  name: 'network',
  routes: [
    get(addresses.start, open, start.get),
    get(addresses.network, open, seat.get),
    get(addresses.networkNewsletter, open, seat.newsletter),
    get(addresses.networkGatherings, open, seat.gatherings),
  ],
}
