/** Weeks in a year; the odd 53rd shifts the season by a week every five or six years, which its width hides. */
export const year = 52

const cosines = Array.from({ length: year }, (_, i) => Math.cos((2 * Math.PI * i) / year))
const sines = Array.from({ length: year }, (_, i) => Math.sin((2 * Math.PI * i) / year))

/** Factor by which each of the 52 weeks (index = position in the series modulo 52) lies above or below the yearly mean. */
export type Season = Float64Array

export const noSeason: Season = new Float64Array(year).fill(1)

/**
 * One yearly wave from whole past years: the reports' times are points on a circle, and the length and direction of
 * their mean is the wave's height and place (von Mises 1918; Mardia & Jupp 2000). Shrunk by what chance alone would
 * give, so that few reports make no season. `y`: reports per week; weeks `end` and later are not looked at.
 */
export function season(y: readonly number[], end: number): Season {
  const years = Math.floor(end / year)
  let reports = 0
  let east = 0
  let north = 0
  for (let t = end - years * year; t < end; t++) {
    reports += y[t]!
    east += y[t]! * cosines[t % year]!
    north += y[t]! * sines[t % year]!
  }
  if (years < 2 || reports === 0) return noSeason
  const height = (2 * Math.hypot(east, north)) / reports
  const byChance = 6 / reports
  const kept = height > 0 ? Math.max(0, 1 - byChance / height ** 2) : 0
  if (kept === 0) return noSeason
  const scale = (2 * kept) / reports
  return Float64Array.from(cosines, (cosine, i) => Math.exp(scale * (east * cosine + north * sines[i]!)))
}
