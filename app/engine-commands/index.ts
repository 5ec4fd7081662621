import { backtest } from './backtest.ts'
import { detect } from './detect.ts'
import { duplicates } from './duplicates.ts'
import { recognise } from './recognise.ts'

type Name = 'recognise' | 'backtest' | 'detect' | 'duplicates'

/** Each takes the arguments after its name and gives the exit code: 0 done, 1 bad rows, 2 wrong call. */
export const engineCommands: Record<Name, (args: string[]) => Promise<number>> = {
  recognise,
  backtest,
  detect,
  duplicates,
}
