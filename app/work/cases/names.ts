/** Whether a name typed by hand means somebody. Pure. */

const titles = new Set(['herr', 'herrn', 'frau', 'dr', 'prof', 'dipl', 'mag', 'ing'])

/** Umlauts, accents and the two ways to write them do not tell people apart. */
const parts = (name: string): string[] =>
  name
    .toLocaleLowerCase('de')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([aou])e/g, '$1')
    .split(/[^\p{L}-]+/u)
    .filter((part) => part !== '' && !titles.has(part))

/** "Frau Aydin", "Aydın, M." and "miriam aydin" for Miriam Aydın: her family name, and nothing that is not hers. */
function fits(written: string, name: string): boolean {
  const [said, full] = [parts(written), parts(name)]
  const family = full.at(-1)
  if (!family || said.length === 0) return false
  return (
    said.includes(family) &&
    said.every((part) => full.includes(part) || (part.length === 1 && full.some((one) => one.startsWith(part))))
  )
}

/** Whether it means this person and none of the others. */
export const means = (written: string, name: string, others: readonly string[]): boolean =>
  fits(written, name) && !others.some((other) => fits(written, other))
