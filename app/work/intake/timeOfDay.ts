import { addDays, atBerlin, berlinDay } from '#platform/kernel/index.ts'

/**
 * The moment somebody means by "22:41", "22.41 Uhr" or "9": the last one that is not in the future, today or yesterday.
 * Now when nothing was typed; undefined when it is no time.
 */
export function timeOfDay(text: string | undefined, now: Date): Date | undefined {
  if (!text?.trim()) return now
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?$/i.exec(text.trim())
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2] ?? 0)]
  if (!match || hours > 23 || minutes > 59) return undefined
  const clock = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
  const today = atBerlin(berlinDay(now), clock)
  return today <= now ? today : atBerlin(addDays(berlinDay(now), -1), clock)
}
