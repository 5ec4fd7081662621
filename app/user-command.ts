import { parseArgs } from 'node:util'
import { readEnvironment } from '#platform/config/index.ts'
import { addFromCommandLine, confirmFromCommandLine, newPerson } from '#work/people/index.ts'
import type { Municipality, TenantTx } from '#platform/tenancy/index.ts'
import * as addresses from './addresses.ts'
import { inSentences } from './backup-commands.ts'
import { withTenants } from './database.ts'

const usage =
  'Aufruf: user add --town KURZNAME --name NAME --mail ADRESSE --role ROLLE [--role ROLLE …]\n' +
  '        user confirm --town KURZNAME --mail ADRESSE --number NUMMER\n'
const complain = (text: string, code = 1) => (process.stderr.write(text), code)

function read(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { town: text, name: text, mail: text, role: { type: 'string', multiple: true } } as const
    const { values } = parseArgs({ args, options, strict: true })
    const person = newPerson.safeParse({ name: values.name, mail: values.mail, roles: values.role })
    return values.town && person.success ? { town: values.town, person: person.data } : undefined
  } catch {
    return undefined
  }
}

function readNumber(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({ args, options: { town: text, mail: text, number: text }, strict: true })
    const { town, mail, number } = values
    return town && mail && number ? { town, mail, number } : undefined
  } catch {
    return undefined
  }
}

/** Works in one municipality in the name of the command line; answers the exit code. */
function inTown(slug: string, work: (tx: TenantTx, town: Municipality) => Promise<number>): Promise<number> {
  return withTenants(readEnvironment(), async (tenants) => {
    const town = (await tenants.municipalities()).find((one) => one.slug === slug)
    if (!town) return complain(`Eine Kommune „${slug}“ gibt es hier nicht.\n`)
    const who = { kind: 'program', name: 'command-line' } as const
    return tenants.inTenant({ municipality: town.id, who }, (tx) => work(tx, town))
  })
}

/** `user add`: works once, while nobody has signed in; later it only proposes, and a person releases it in the product. */
async function add(args: string[]): Promise<number> {
  const asked = read(args)
  if (!asked) return complain(usage, 2)
  try {
    return await inTown(asked.town, async (tx, town) => {
      const added = await addFromCommandLine(tx, asked.person)
      if (added.unknown.length > 0)
        return complain(`Das Modell kennt diese Rollen nicht: ${added.unknown.join(', ')}.\n`)
      const env = readEnvironment()
      const origin = env.BESONNEN_URL?.origin ?? `http://localhost:${env.PORT}`
      process.stdout.write(`Einladung, sieben Tage gültig: ${origin}${addresses.invitation(town, added.token)}\n`)
      if (added.proposed)
        process.stdout.write(
          'Die Rollen sind vorgeschlagen. Jemand aus der Koordinierung gibt sie unter „Personen“ frei.\n',
        )
      return 0
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    return complain('Diese Mailadresse gehört schon zu einem Zugang.\n')
  }
}

/** `user confirm`: the machine's operator is one of the two who confirm that somebody lost her access. */
async function confirm(args: string[]): Promise<number> {
  const asked = readNumber(args)
  if (!asked) return complain(usage, 2)
  return inTown(asked.town, async (tx) => {
    if (!(await confirmFromCommandLine(tx, asked.mail, asked.number)))
      return complain('Zu dieser Adresse und Nummer ist keine Bitte um neuen Zugang offen.\n')
    process.stdout.write(
      'Bestätigt. Die andere Bestätigung gibt eine Person unter „Freigaben“, dann vergeht ein Tag.\n',
    )
    return 0
  })
}

export const user = ([what, ...args]: string[]): Promise<number> =>
  inSentences(async () => (what === 'add' ? add(args) : what === 'confirm' ? confirm(args) : complain(usage, 2)))
