import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { actAs } from './browser.ts'

/** What the journeys of many pages have in common. */

export const press = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name, exact: true }).first().click()
  await page.waitForLoadState()
}

export const follow = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('main').getByRole('link', { name }).first().click()
  await page.waitForLoadState()
}

export const says = (page: Page, text: string): Promise<void> =>
  expect.poll(() => page.textContent('main'), { message: text }).toContain(text)

export const main = async (page: Page): Promise<string> => (await page.textContent('main')) ?? ''

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/**
 * What axe finds on the page as it stands – of what it could not decide only doubled ids count –, and whether it is wider
 * than the window; needs scripts and `bypassCSP`. `colours`: nothing but them, for a page looked at already in the light.
 */
export async function faults(page: Page, name = page.url(), only?: 'colours'): Promise<string[]> {
  await page.evaluate(axe)
  const run = `axe.run(document, ${only ? `{ runOnly: ['color-contrast', 'link-in-text-block'] }` : '{}'})`
  const { violations, incomplete } = await page.evaluate<{ violations: Found[]; incomplete: Found[] }>(run)
  const doubled = incomplete.filter(({ id }) => id.startsWith('duplicate-id'))
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  const width = page.viewportSize()?.width ?? 0
  return [
    ...[...violations, ...doubled].flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${name}: ${id} ${html.slice(0, 160)}`),
    ),
    ...(wide > width ? [`${name}: ${wide} px wide`] : []),
  ]
}

/** For looking at: `SHOTS=folder` keeps pictures, narrow and wide. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
  if (before) await page.setViewportSize(before)
}

/** A report through the interface for programs; returns its code. */
export async function told(town: string, body: object): Promise<string> {
  const response = await fetch(`${inject('demoUrl')}/api/v1/${town}/reports`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { code: string }).code
}

/** Opens a report from the inbox by the beginning of its text; returns its address. */
export async function reportIn(page: Page, town: string, beginning: string): Promise<string> {
  await page.goto(`/${town}/eingang`)
  await follow(page, beginning)
  await page.waitForURL(/\/eingang\/[0-9a-f-]{36}$/u)
  return new URL(page.url()).pathname
}

/** A reported matter that became a case of Miriam Aydın's; the path of its page. */
export async function caseFrom(page: Page, matter: string, subject = 'neighbours'): Promise<string> {
  await told('lindenau', { observed: matter, area: 'nordviertel', subject })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await decided(page, await reportIn(page, 'lindenau', matter), 'Fall eröffnen', { 'Worum geht es': matter })
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/u)
  return new URL(page.url()).pathname
}

/** Takes one of the ways a report can go; `more` are fields by their label. */
export async function decided(page: Page, at: string, way: string, more: Record<string, string> = {}): Promise<void> {
  await page.goto(at)
  await page.getByRole('radio', { name: way, exact: true }).check()
  for (const [label, text] of Object.entries(more)) {
    const field = page.getByLabel(label)
    if ((await field.locator('option').count()) > 0) await field.selectOption({ label: text })
    else await field.fill(text)
  }
  await press(page, 'Entscheidung festhalten')
}

/** Somebody of Lindenau on a phone, with scripts or without. */
export const onPhone =
  (open: (options: object) => Promise<Page>) =>
  async (name: string, path: string, javaScriptEnabled: boolean): Promise<Page> => {
    const page = await open({ javaScriptEnabled, bypassCSP: true, viewport: { width: 360, height: 800 } })
    await actAs(page, 'lindenau', name)
    await page.goto(path)
    return page
  }

/** What somebody reads on these pages, as text. */
export async function reads(page: Page, town: string, name: string, paths: readonly string[]): Promise<string> {
  await actAs(page, town, name)
  const texts: string[] = []
  for (const path of paths) {
    await page.goto(path)
    texts.push((await page.textContent('body')) ?? '')
  }
  return texts.join('\n')
}
