import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentError, readEnvironment, root } from '#platform/config/index.ts'
import { createLog } from '#platform/log/index.ts'
import { start } from '#app/start.ts'
import { startMailCatcher } from './mail/catcher.ts'
import { demoRoutes } from './routes.ts'
import { settle } from './settle.ts'

const mark = 'BESONNEN-DEMO'

/** A folder the demo may fill: new and empty, or marked by an earlier demo. */
function demoFolder(): string {
  const folder = process.env.BESONNEN_DATA ?? join(root, '.demo')
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, mark))) {
    throw new Error(
      `Der Ordner ${folder} gehört nicht zur Vorführung. Bitte nennen Sie mit BESONNEN_DATA einen leeren Ordner.`,
    )
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, mark), 'Dieser Ordner enthält nur erfundene Daten.\n')
  return folder
}

/** `npm run demo`: an invented county and city, on this machine only. */
async function main(): Promise<void> {
  const log = createLog(process.env.LOG_LEVEL ?? 'warn')
  try {
    if (process.env.DATABASE_URL)
      throw new Error('Die Vorführung arbeitet nur mit ihrer eigenen Datenbank; bitte entfernen Sie DATABASE_URL.')
    const folder = demoFolder()
    const mails = await startMailCatcher()
    const env = readEnvironment({
      ...process.env,
      HOST: '127.0.0.1',
      BESONNEN_DATA: folder,
      BESONNEN_KEY_FILE: process.env.BESONNEN_KEY_FILE ?? `${folder}-key`,
      SMTP_URL: mails.url,
      MAIL_FROM: 'Besonnen <besonnen@demo.invalid>',
    })
    const running = await start({ env, log, localOnly: true, extraRoutes: demoRoutes(mails), prepare: settle })
    const stop = () =>
      void running
        .stop()
        .then(() => mails.stop())
        .then(() => process.exit(0))
    process.once('SIGINT', stop).once('SIGTERM', stop)
    process.stdout.write(`${JSON.stringify({ ready: true, url: running.url })}\n`)
  } catch (error) {
    if (!(error instanceof EnvironmentError)) log.error({ err: error }, 'start failed')
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(1)
  }
}

await main()
