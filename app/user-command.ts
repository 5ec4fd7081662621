import { parseArgs } from 'node:util'
import { readEnvironment } from '#platform/config/index.ts'
import { addFromCommandLine, newPerson } from '#work/people/index.ts'
import * as addresses from './addresses.ts'
import { inSentences } from './backup-commands.ts'
import { withTenants } from './database.ts'

const usage = 'Aufruf: user add --town KURZNAME --name NAME --mail ADRESSE --role ROLLE [--role ROLLE …]\n'
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

/** `user add`: works once, while nobody has signed in; later it only proposes, and a person releases it in the product. */
export function user([what, ...args]: string[]): Promise<number> {
  return inSentences(async () => {
    const asked = what === 'add' ? read(args) : undefined
    if (!asked) return complain(usage, 2)
    const env = readEnvironment()
    return withTenants(env, async (tenants) => {
      const town = (await tenants.municipalities()).find(({ slug }) => slug === asked.town)
      if (!town) return complain(`Eine Kommune „${asked.town}“ gibt es hier nicht.\n`)
      const who = { kind: 'program', name: 'command-line' } as const
      const added = await tenants
        .inTenant({ municipality: town.id, who }, (tx) => addFromCommandLine(tx, asked.person))
        .catch((error: { code?: string }) => {
          if (error.code !== '23505') throw error
        })
      if (!added) return complain('Diese Mailadresse gehört schon zu einem Zugang.\n')
      if (added.unknown.length > 0)
        return complain(`Das Modell kennt diese Rollen nicht: ${added.unknown.join(', ')}.\n`)
      const origin = env.BESONNEN_URL?.origin ?? `http://localhost:${env.PORT}`
      process.stdout.write(`Einladung, sieben Tage gültig: ${origin}${addresses.invitation(town, added.token)}\n`)
      if (added.proposed)
        process.stdout.write(
          'Die Rollen sind vorgeschlagen. Jemand aus der Koordinierung gibt sie unter „Personen“ frei.\n',
        )
      return 0
    })
  })
}
