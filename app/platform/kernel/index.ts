// scratch
import { randomInt, randomUUID } from 'node:crypto'
export const newId = () => randomUUID()
const abc = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const caseNumber = () => 'F-' + Array.from({ length: 6 }, () => abc[randomInt(abc.length)]).join('')
const f = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
export const berlinDay = (d: Date) => f.format(d)
export const startOfBerlinDay = (day: string) => new Date(`${day}T00:00:00Z`)
export const addDays = (day: string, n: number) => new Date(Date.parse(day) + n * 86400000).toISOString().slice(0, 10)
export class NotAllowed extends Error {
  readonly hidden: boolean
  constructor(what: string, o: { hidden: boolean }) {
    super(what)
    this.hidden = o.hidden
  }
}
export class StaleEdit extends Error {
  constructor(_a: unknown, _b: unknown) {
    super('stale')
  }
}
export const workingCalendar = (_: {
  land: string
  closed: readonly { from: string; until: string }[]
  weekly: unknown
}) => ({
  addWorkingDays: (from: Date, n: number) => {
    let d = new Date(from)
    for (let i = 0; i < n;) {
      d = new Date(d.getTime() + 86400000)
      if (d.getUTCDay() % 6 !== 0) i++
    }
    return d
  },
})
