import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

function nearestPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearestPackage(dirname(folder))
}

/** The folder of the program itself (with package.json), whether it runs from source or from the bundle. */
export const root = nearestPackage(import.meta.dirname)
