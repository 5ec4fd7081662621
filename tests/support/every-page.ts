import type { Page } from 'playwright-core'
import { routes } from '#work/cases/routes.ts'
import { actAs } from './browser.ts'
import { faults } from './pages.ts'

/** Every address of cases that staff read, as a pattern: `/:town/faelle/:case/landkarte`. */
export const casePages: readonly string[] = routes([])
  .filter(({ method, access }) => method === 'GET' && access.kind === 'may')
  .map(({ path }) => path)

/** Scrolls sideways, and does not say what it is or cannot be reached by keyboard. */
const unlabelled = `[...document.querySelectorAll('main *')].filter((one) =>
  one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX) &&
  one.clientWidth > 0 && !/^(TEXTAREA|SELECT|INPUT)$/.test(one.tagName) &&
  !(one.tabIndex >= 0 && one.getAttribute('aria-label'))).map((one) => one.outerHTML.slice(0, 120))`

/** What of the page can be reached by Tab, radio buttons of a group counting as one. */
const reachable = `[...new Set([...document.querySelectorAll(
  'main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary, main [tabindex="0"]')]
  .filter((one) => !one.disabled && one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden')
  .map((one) => one.type === 'radio' ? 'radio:' + one.name : one))].length`

/** Where the focus is: a mark of its own for each element, the same for all radio buttons of a group; empty at the end. */
const focused = `(() => {
  const one = document.activeElement
  if (!one || one === document.body) return ''
  if (!one.closest('main')) return 'outside'
  const kind = getComputedStyle(one)
  const seen = kind.outlineStyle !== 'none' || kind.boxShadow !== 'none' || one.matches('.actor')
  if (!seen) return 'no-focus:' + one.outerHTML.slice(0, 100)
  if (one.type === 'radio') return 'radio:' + one.name
  window.marks ??= new Map()
  if (!window.marks.has(one)) window.marks.set(one, 'mark:' + window.marks.size)
  return window.marks.get(one)
})()`

async function byKeyboard(page: Page, name: string): Promise<string[]> {
  const wanted = await page.evaluate<number>(reachable)
  const reached = new Set<string>()
  const found: string[] = []
  await page.evaluate('document.activeElement?.blur()')
  for (let i = 0; i < wanted + 40; i += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate<string>(focused)
    if (at.startsWith('no-focus:')) found.push(`${name}: ${at}`)
    if (at === '' && reached.size > 0) break
    if (at.startsWith('radio:') || at.startsWith('mark:')) reached.add(at)
  }
  return reached.size + found.length >= wanted ? found : [...found, `${name}: Tab reaches ${reached.size} of ${wanted}`]
}

const looked = async (page: Page, name: string, only?: 'colours'): Promise<string[]> => [
  ...(await faults(page, name, only)),
  ...(await page.evaluate<string[]>(unlabelled)).map((html) => `${name}: scrolls without a name ${html}`),
]

/** A step is taken on a page of its own, for where it leads; the case names one where there is any. */
async function stepOf(page: Page, at: string): Promise<string | null> {
  await page.goto(at)
  const link = page.locator('main a[href*="/schritt?"]')
  return (await link.count()) > 0 ? link.first().getAttribute('href') : null
}

export interface Walk {
  /** Patterns of pages that were looked at. */
  readonly seen: Set<string>
  readonly faults: string[]
}

/**
 * Looks at every page of a case that this person may open, narrow and wide, light and dark, and goes through it by
 * keyboard. A page not there for her, or not now, is left to the next walk.
 */
export async function walk(page: Page, at: string, who: string, { seen, faults: found }: Walk): Promise<void> {
  await actAs(page, 'lindenau', who)
  for (const pattern of casePages) {
    if (seen.has(pattern) || /:(?!town\b|case\b)/u.test(pattern)) continue
    const address = pattern.endsWith('/schritt')
      ? await stepOf(page, at)
      : pattern.replace('/:town/faelle/:case', at).replace(':town', 'lindenau')
    if (!address) continue
    const answer = await page.goto(address)
    if (answer?.status() !== 200 || !answer.headers()['content-type']?.startsWith('text/html')) continue
    seen.add(pattern)
    for (const width of [360, 1280])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        await page.goto(address)
        await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
        const only = colorScheme === 'dark' ? 'colours' : undefined
        found.push(...(await looked(page, `${pattern} ${width} ${colorScheme}`, only)))
      }
    found.push(...(await byKeyboard(page, pattern)))
  }
}
