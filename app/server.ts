import { EnvironmentError, readEnvironment } from '#platform/config/index.ts'
import { createLog } from '#platform/log/index.ts'
import { start } from './start.ts'

/** `npm start`: the real thing. Every fault before the first page is one clear message and exit code 1. */
async function main(): Promise<void> {
  const log = createLog()
  try {
    const running = await start({ env: readEnvironment(), log })
    const stop = () => void running.stop().then(() => process.exit(0))
    process.once('SIGINT', stop).once('SIGTERM', stop)
    if (running.setupLink)
      process.stderr.write(`Zum Einrichten (30 Minuten gültig, nur einmal): ${running.setupLink}\n`)
    process.stdout.write(`${JSON.stringify({ ready: true, url: running.url })}\n`)
  } catch (error) {
    if (!(error instanceof EnvironmentError)) log.error({ err: error }, 'start failed')
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(1)
  }
}

await main()
