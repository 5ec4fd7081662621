import { readFile } from 'node:fs/promises'
import { compile, type Compiled } from './compile.ts'
import { diff } from './diff.ts'
import { differenceText, faultText, texts } from './texts.ts'

const say = texts('de')
const out = (line: string) => void process.stdout.write(`${line}\n`)
const trouble = (line: string) => void process.stderr.write(`${line}\n`)

/** A file that is no JSON or not there ends the command with 2; one that is no working model with 1. */
async function load(file: string): Promise<Compiled | 1 | 2> {
  let document: unknown
  try {
    document = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    trouble(say(error instanceof SyntaxError ? 'cli.noJson' : 'cli.noFile', { file }))
    return 2
  }
  const outcome = compile(document)
  if ('ok' in outcome) return outcome.ok
  trouble(say('cli.refused', { file, count: outcome.faults.filter(({ severity }) => severity === 'refuse').length }))
  for (const fault of outcome.faults) trouble(`  ${fault.path || '/'}: ${faultText(fault)}`)
  return 1
}

async function validate(args: string[]): Promise<number> {
  const [file] = args
  if (file === undefined || args.length !== 1) return wrongCall()
  const model = await load(file)
  if (typeof model === 'number') return model
  out(say('cli.works', { title: model.model.title, roles: model.roles.size, steps: model.steps.size }))
  for (const fault of model.advice) out(`  ${fault.path}: ${faultText(fault)}`)
  return 0
}

async function compare(args: string[]): Promise<number> {
  const [before, after] = args
  if (before === undefined || after === undefined || args.length !== 2) return wrongCall()
  const a = await load(before)
  if (typeof a === 'number') return a
  const b = await load(after)
  if (typeof b === 'number') return b
  const differences = diff(a.model, b.model)
  out(say('cli.differences', { before: a.model.title, after: b.model.title, count: differences.length }))
  for (const difference of differences) out(`  ${differenceText(difference)}`)
  return 0
}

function wrongCall(): number {
  trouble(say('cli.usage'))
  return 2
}

/** `model validate FILE`, `model diff A B`: 0 done, 1 a document that cannot work, 2 wrong call or unreadable file. */
export const modelCommands: Record<'model', (args: string[]) => Promise<number>> = {
  model: async ([name, ...args]) => {
    if (name === 'validate') return validate(args)
    if (name === 'diff') return compare(args)
    return wrongCall()
  },
}
