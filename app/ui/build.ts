// scratch
import { mkdirSync } from 'node:fs'
export async function buildAssets(out: string): Promise<void> {
  mkdirSync(out, { recursive: true })
}
