export const providers = ['teams', 'bigbluebutton', 'jitsi'] as const
export type Provider = (typeof providers)[number]

/** The fields of a service's settings, as typed; which they are says `fieldsOf`. */
export type Settings = Readonly<Record<string, string>>

interface Field {
  readonly name: string
  /** Never shown again once it is stored. */
  readonly secret: boolean
}

const plain = (name: string): Field => ({ name, secret: false })
const secret = (name: string): Field => ({ name, secret: true })

export const fieldsOf: Record<Provider, readonly Field[]> = {
  teams: [plain('tenant'), plain('client'), secret('secret'), plain('organiser')],
  bigbluebutton: [plain('base'), secret('secret'), plain('hash')],
  jitsi: [
    plain('base'),
    plain('application'),
    plain('audience'),
    plain('subject'),
    secret('secret'),
    plain('hash'),
    plain('key'),
  ],
}
