import { expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from './environment.ts'

const faults = (source: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(source)
    return []
  } catch (error) {
    return (error as EnvironmentError).faults
  }
}
const whole = {
  OIDC_ISSUER: 'https://anmeldung.example/realms/stadt',
  OIDC_CLIENT_ID: 'besonnen',
  OIDC_CLIENT_SECRET: 'geheim',
}

test('a sign-in service is set wholly or not at all, and every missing part is named at once', () => {
  expect(faults({})).toEqual([])
  expect(faults(whole)).toEqual([])
  expect(faults({ OIDC_ISSUER: whole.OIDC_ISSUER })).toEqual([
    'Für den Anmeldedienst fehlt noch OIDC_CLIENT_ID und OIDC_CLIENT_SECRET.',
  ])
  expect(faults({ OIDC_CLIENT_SECRET: 'geheim', OIDC_CLIENT_ID: 'x' })).toEqual([
    'Für den Anmeldedienst fehlt noch OIDC_ISSUER.',
  ])
})

test('a sign-in service without protection may only lie on the same machine', () => {
  expect(faults({ ...whole, OIDC_ISSUER: 'http://localhost:8080' })).toEqual([])
  expect(faults({ ...whole, OIDC_ISSUER: 'http://anmeldung.example' })).toEqual([
    'OIDC_ISSUER ist „http://anmeldung.example“; erwartet wird eine Adresse, die mit https:// beginnt.',
  ])
  expect(faults({ ...whole, OIDC_ISSUER: 'anmeldung' })).toHaveLength(1)
})

test('what admits has a value of its own for each municipality unless said otherwise', () => {
  expect(readEnvironment(whole)).toMatchObject({ OIDC_CLAIM: 'groups', OIDC_CLAIM_VALUE: 'besonnen-{town}' })
})
