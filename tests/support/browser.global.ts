import type { TestProject } from 'vitest/node'
import { startDemo } from './demo-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly demoUrl: string
    /** Everything the demo writes: database, files, and `output.log` with what it printed. */
    readonly demoFolder: string
  }
}

/** One demo for all journeys, without the stories: every test brings what it looks at. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const demo = await startDemo({ stories: false })
  project.provide('demoUrl', demo.url)
  project.provide('demoFolder', demo.folder)
  return () => demo.stop()
}
