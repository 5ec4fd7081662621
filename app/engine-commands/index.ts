import { detect } from './detect.ts'
import { recognise } from './recognise.ts'

/** Each takes the arguments after its name and gives the exit code: 0 done, 1 bad rows, 2 wrong call. */
export const engineCommands: Record<'recognise' | 'detect', (args: string[]) => Promise<number>> = { recognise, detect }
