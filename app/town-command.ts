import { parseArgs } from 'node:util'
import { readEnvironment, type Environment } from '#platform/config/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { discardUnfinished, foundMunicipality, SeatTaken, SlugTaken } from '#platform/tenancy/index.ts'
import { firstTown, seatOfNetwork, settle } from '#work/people/index.ts'
import * as addresses from './addresses.ts'
import { inSentences } from './backup-commands.ts'
import { withTenants } from './database.ts'

const usage =
  'Aufruf: town add --slug KURZNAME --name NAME --kind ART [--model MODELL]\n' +
  '                 --first NAME --first-mail ADRESSE --second NAME --second-mail ADRESSE\n' +
  'ART: independent-city, member-town, county; oder state für die Landeskoordination, die für das Netzwerk spricht.\n' +
  'MODELL: klein-anfangen oder grundstruktur; die Landeskoordination bringt ihres mit.\n'
const complain = (text: string, code = 1) => (process.stderr.write(text), code)

const text = { type: 'string' } as const
const options = {
  slug: text,
  name: text,
  kind: text,
  model: text,
  first: text,
  'first-mail': text,
  second: text,
  'second-mail': text,
}

function read(args: string[]) {
  try {
    const { values } = parseArgs({ args, options, strict: true })
    const { first, 'first-mail': firstMail, second, 'second-mail': secondMail, ...rest } = values
    const said = { ...rest, firstName: first, firstMail, secondName: second, secondMail }
    return (values.kind === 'state' ? seatOfNetwork : firstTown).safeParse(said).data
  } catch {
    return undefined
  }
}

const originOf = ({ BESONNEN_URL, PORT }: Environment) => BESONNEN_URL?.origin ?? `http://localhost:${PORT}`

/**
 * `town add`: whoever runs the machine enters a further municipality, or the seat of the network, and hands its first
 * two people their invitations. Everything else they do in the product.
 */
async function add(args: string[]): Promise<number> {
  const wanted = read(args)
  if (!wanted) return complain(usage, 2)
  const env = readEnvironment()
  return withTenants(env, async (tenants, { admin, name, passwords }) => {
    const owner = asRole(admin, name, 'owner', passwords)
    const founding = {
      tenants,
      found: (one: Parameters<typeof foundMunicipality>[2]) => foundMunicipality(owner, tenants.installation, one),
    }
    try {
      const invitations = await settle(founding, wanted)
      process.stdout.write(`${wanted.name} ist eingerichtet. Diese Einladungen gelten sieben Tage:\n`)
      for (const { name: whose, token } of invitations)
        process.stdout.write(`${whose}: ${originOf(env)}${addresses.invitation(wanted.slug, token)}\n`)
      return 0
    } catch (error) {
      if (error instanceof SlugTaken || error instanceof SeatTaken) return complain(`${error.message}\n`)
      await discardUnfinished(owner)
      throw error
    }
  })
}

export const town = ([what, ...args]: string[]): Promise<number> =>
  inSentences(async () => (what === 'add' ? add(args) : complain(usage, 2)))
