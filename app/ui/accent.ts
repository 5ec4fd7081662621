type Colour = readonly [number, number, number]

/** What a colour is read against, in `tokens.css`: paper, cards, and the letters on a filled button. */
const grounds = {
  light: { surfaces: ['#fdfcfa', '#ffffff'], onAccent: '#ffffff', towards: '#000000', base: '#ffffff' },
  dark: { surfaces: ['#14181a', '#1c2225'], onAccent: '#0d2226', towards: '#ffffff', base: '#1c2225' },
} as const

function read(hex: string): Colour {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`"${hex}" is no colour like #0b5563`)
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour
}
const write = (colour: Colour) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const mix = (one: string, other: string, share: number) => {
  const [a, b] = [read(one), read(other)]
  return write(a.map((part, i) => part + (b[i]! - part) * share) as unknown as Colour)
}

function luminance(hex: string): number {
  const [r, g, b] = read(hex).map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Colour
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** How far two colours `#rrggbb` stand apart for the eye, 1 to 21 (WCAG 2.2); 4.5 is enough for text. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** The wished colour, moved step by step towards black or white until text in it and on it can be read. */
function readable(wished: string, mode: keyof typeof grounds): Record<string, string> {
  const { surfaces, onAccent, towards, base } = grounds[mode]
  for (let share = 0; ; share += 0.02) {
    const accent = mix(wished, towards, Math.min(share, 1))
    const soft = mix(base, accent, 0.12)
    if (share >= 1 || [...surfaces, onAccent, soft].every((other) => contrast(accent, other) >= 4.5))
      return { accent, 'accent-strong': mix(accent, towards, 0.3), 'accent-soft': soft, 'on-accent': onAccent }
  }
}

const declarations = (tokens: Record<string, string>) =>
  Object.entries(tokens)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/**
 * A style sheet that puts a municipality's own accent `#rrggbb` in place of petrol, in light and dark; a colour too
 * pale or too dark to be read is moved as far as needed. Throws for anything that is no colour.
 */
export const accentCss = (accent: string): string =>
  `:root{${declarations(readable(accent, 'light'))}}\n@media(prefers-color-scheme:dark){:root{${declarations(readable(accent, 'dark'))}}}\n`

/** Whether the accent is shown in light just as wished; if not, the municipality should be told. */
export const accentAsWished = (accent: string): boolean => readable(accent, 'light').accent === accent.toLowerCase()
