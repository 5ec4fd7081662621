import type { Route } from '#platform/web/index.ts'
import { variables } from '#platform/config/environment.ts'
import { getDescription } from '#work/intake/api/openapi.ts'
import { shippedDocument, verbs, type Model, type Verb } from '#work/model/index.ts'
import { stepFacts, stepKindIds } from '#work/model/kinds.ts'
import { neverFor } from '#work/model/rights.ts'
import texts from '#work/model/locales/de.json' with { type: 'json' }

/* The tables of the documentation, made from the code that decides. */

const words = texts as Record<string, string>
const cell = (value: string) => value.replaceAll('|', '\\|')
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const sheet = (title: string, about: string, ...parts: string[]) =>
  `${[`# ${title}`, `${about} Diese Seite entsteht aus dem Quelltext; ein Test weist veraltete Fassungen zurück.`, ...parts].join('\n\n')}\n`

export const environment = () =>
  sheet(
    'Umgebungsvariablen',
    'Jede kann auch als `NAME_FILE` den Namen einer Datei nennen, in der der Wert steht (außer `BESONNEN_KEY_FILE`, die selbst eine Datei nennt). Fehler nennt der Start alle auf einmal.',
    table(
      ['Name', 'Wozu', 'Ohne Angabe'],
      Object.entries(variables).map(([name, { about, default: fallback }]) => [
        `\`${name}\``,
        about,
        // The home of whoever made this page is nobody's default.
        name === 'BESONNEN_KEY_FILE' ? '`$XDG_CONFIG_HOME/besonnen/key`' : fallback ? `\`${fallback}\`` : '–',
      ]),
    ),
  )

const baseModel = async () => (await shippedDocument('grundstruktur')) as Model
const verbText = (verb: Verb) => words[`verb.${verb}`] ?? verb

export async function rights(routes: readonly Route[]): Promise<string> {
  const model = await baseModel()
  const roles = model.roles.map(({ id, may, component }) => [
    id,
    words[`component.${component}`] ?? component,
    may.map(verbText).join(', '),
  ])
  const never = Object.entries(neverFor).map(([component, given]) => [
    words[`component.${component}`] ?? component,
    given.map(verbText).join(', '),
  ])
  const access = (route: Route) =>
    route.access.kind === 'open'
      ? 'alle'
      : route.access.kind === 'signed-in'
        ? 'alle Angemeldeten'
        : route.access.verbs.map((verb) => verbText(verb as Verb)).join(' oder ')
  return sheet(
    'Rechte',
    'Ein Recht hat, wem das Modell der Kommune es gibt **und** wem der Code es nicht verwehrt. Welche Meldungen und Fälle jemand überhaupt sieht, entscheidet die Datenbank Zeile für Zeile; jede Adresse mit jeder Rolle und jeder Beziehung steht mit der erwarteten Antwort in `tests/rights/routes.tsv`.',
    '## Rechte der Rollen in der Grundstruktur',
    table(['Rolle', 'Baustein', 'Darf'], roles),
    '## Was kein Modell geben kann',
    table(['Baustein', 'Nie'], never),
    '## Adressen',
    table(
      ['', 'Adresse', 'Wer'],
      routes.map((route) => [route.method, `\`${route.path}\``, access(route)]),
    ),
    `${verbs.length} Rechte, ${routes.length} Adressen.`,
  )
}

export async function states(): Promise<string> {
  const kinds = stepKindIds.map((kind) => {
    const { thing, stays, takenBy, verb, ...more } = stepFacts(kind)
    return [
      words[`kind.${kind}`] ?? kind,
      thing === 'report' ? 'Meldung' : 'Fall',
      'end' in more ? 'Ende' : stays ? 'wartet hier' : 'in einem Zug',
      verb ? verbText(verb) : '–',
      takenBy === 'here' ? 'wer hier zuständig ist' : 'wer den nächsten Schritt tut',
    ]
  })
  const ways = (await baseModel()).steps.map(({ id, kind, next, within }) => [
    id,
    words[`kind.${kind}`] ?? kind,
    within ? (within.days === 1 ? '1 Arbeitstag' : `${within.days} Arbeitstage`) : '–',
    next.join(', ') || '–',
  ])
  return sheet(
    'Zustände',
    'Welche Arten von Schritten es gibt, steht im Code; welche Schritte eine Kommune daraus macht, in ihrem Modell.',
    '## Arten von Schritten',
    table(['Art', 'Wovon', 'Dauer', 'Nötiges Recht', 'Wer führt hinein'], kinds),
    '## Wege der Grundstruktur',
    table(['Schritt', 'Art', 'Frist', 'Danach möglich'], ways),
  )
}

interface Operation {
  readonly summary: string
  readonly security?: readonly unknown[]
  readonly responses: Readonly<Record<string, unknown>>
}

export async function api(): Promise<string> {
  const document = (await getDescription().json()) as { paths: Record<string, Record<string, Operation>> }
  const rows = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary, security, responses }]) => [
      method.toUpperCase(),
      `\`${path}\``,
      summary,
      security ? 'Zugangscode als Bearer' : '–',
      Object.keys(responses).join(', '),
    ]),
  )
  return sheet(
    'Schnittstelle',
    'Die vollständige Beschreibung (OpenAPI 3.1) gibt jede Installation unter `/api/v1/openapi.json`; Fehler kommen als Problem Details (RFC 9457).',
    table(['', 'Adresse', 'Wozu', 'Nachweis', 'Antworten'], rows),
  )
}
