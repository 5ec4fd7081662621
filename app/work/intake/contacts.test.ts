import { expect, test } from 'vitest'
import { tracesAsked, tracesOf } from './contacts.ts'

test('names are one name in any order, case and spacing', () => {
  for (const name of ['Anna Meier', 'meier,  anna', ' ANNA  MEIER'])
    expect(tracesAsked(name)).toEqual(tracesOf({ name: 'Anna Meier' }))
  expect(tracesAsked('Meier')).not.toEqual(tracesOf({ name: 'Anna Meier' }))
})

test('numbers are one number however they are written, and found among other words', () => {
  const { numbers } = tracesOf({ ways: 'mobil 0170 / 123 45-67, abends; Hausnummer 12' })
  expect(numbers).toEqual(['01701234567'])
  for (const asked of ['+49 170 1234567', '0049 (170) 123-4567', '01701234567'])
    expect(tracesAsked(asked).numbers).toEqual(numbers)
  expect(tracesAsked('+43 1 234567').numbers).toEqual(['00431234567'])
})
