import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyForm } from '#platform/forms/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import * as ui from '#ui/index.ts'
import { DataTable, Pager, PublicLayout, Speaking, StaffLayout, TextField } from '#ui/index.ts'
import { darkCss, Pieces } from './index.tsx'

const faults = (body: string, language: string) =>
  htmlFaults(`<!doctype html><html lang="${language}"><head><title>Bausteine</title></head><body>${body}</body></html>`)

const inPublic = (rtl: boolean) => {
  const language = rtl ? 'ar' : 'de'
  return String(
    <Speaking language={language}>
      <PublicLayout
        language={language}
        here="/"
        title="Bausteine"
        town={{ name: 'Lindenau', href: '/lindenau', arms: '/wappen.svg' }}
        exit="/weg"
        back="/"
        step={[1, 3]}
      >
        <Pieces rtl={rtl} />
      </PublicLayout>
    </Speaking>,
  )
}

test.each([false, true])('the pieces are sound HTML (from right to left: %s)', async (rtl) => {
  expect(await faults(inPublic(rtl), rtl ? 'ar' : 'de')).toEqual([])
  expect(await faults('<p><div id="a"></div></p><p id="a"></p>', 'de')).not.toEqual([])
})

test('the frame of staff is sound HTML', async () => {
  const staff = (
    <Speaking language="de">
      <StaffLayout
        town={{ name: 'Lindenau', href: '/lindenau', arms: '/wappen.svg' }}
        person={{ name: 'Ayşe Demir', signOut: '/ab', token: '-' }}
        search="/suche"
        navigation={[{ id: 'work', entries: [{ label: 'Heute', href: '/heute', current: true }] }]}
        title="Heute"
      >
        <p>Zurzeit wartet nichts auf Sie.</p>
      </StaffLayout>
    </Speaking>
  )
  expect(await faults(String(staff), 'de')).toEqual([])
})

test('no component is missing from the page', () => {
  const sources = ['public.tsx', 'staff.tsx', 'index.tsx']
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n')
  const components = Object.keys(ui).filter((name) => /^[A-Z]/.test(name))
  const elsewhere = ['Speaking', 'StaffLayout', 'FieldGroup']
  expect(components.length).toBeGreaterThan(25)
  expect(components.filter((name) => !elsewhere.includes(name) && !sources.includes(`<${name}`))).toEqual([])
})

test('a component speaks the language of its page, and never German by default', () => {
  const field = <TextField name="a" label="a" form={emptyForm()} optional />
  expect(String(<Speaking language="en">{field}</Speaking>)).toContain('optional')
  expect(() => String(<TextField name="a" label="a" form={emptyForm()} optional />)).toThrow('outside page()')
})

test('a list stays a table for screen readers even where it is shown as cards', () => {
  const html = String(<DataTable caption="Meldungen" columns={['Gebiet', 'Frist']} rows={[['Nordstadt', 'heute']]} />)
  const roles = [...html.matchAll(/<(\w+)[^>]* role="(\w+)"/g)].map(([, tag, role]) => `${tag} ${role}`)
  expect(roles.join()).toBe(
    'table table,thead rowgroup,tr row,th columnheader,th columnheader,tbody rowgroup,tr row,td cell,td cell',
  )
})

test('a list that is shown whole has no way on', () => {
  expect(String(<Pager />)).toBe('')
  expect(String(<Pager next="/weiter" />)).toContain('href="/weiter"')
  expect(String(<Pager next="/weiter" />)).not.toContain('Zum Anfang')
})

test('deadlines are said in words', () => {
  const html = inPublic(false)
  for (const words of [
    'bis Mittwoch, in 2 Arbeitstagen',
    'bis Freitag, 18. Dezember 2026, in 19 Arbeitstagen',
    'bis heute',
    'Frist war heute',
    'Frist war Donnerstag, 19. November 2026, vor 2 Arbeitstagen',
    'Sichtbar für Koordinierungsstelle, Schiedsamt und Gemeinwesenarbeit Nordstadt',
  ])
    expect(html).toContain(words)
})

test('dark on request has the same tokens as dark by wish', async () => {
  const css = await darkCss().text()
  expect(css).toContain('--paper: #14181a')
  expect(css).not.toContain('@media')
})
