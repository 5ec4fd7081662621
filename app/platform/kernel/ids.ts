import { randomInt, randomUUID } from 'node:crypto'

/** Random, so that an id tells neither when nor how many. */
export const newId = (): string => randomUUID()

/** Without letters and digits that are taken for one another when read out on the phone. */
const alphabet = '2346789ABCDEFGHJKMNPQRTVWXYZ'

/** A case number without meaning, short enough to say: F-7K2M9Q. */
export const caseNumber = (): string =>
  `F-${Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('')}`
