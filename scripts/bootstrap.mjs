// Runs under whatever Node starts it (20 or newer), needs no package, and hands over to the Node of the lockfile.
// `node scripts/bootstrap.mjs <demo|start|dev|cli|check|test|bench> [arguments]`
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task = 'start', ...args] = process.argv.slice(2)

/** The lockfile's fingerprint is kept beside the packages, so that `npm ci` runs only when the lockfile changed. */
function packagesAreCurrent(fingerprint) {
  const mark = join(root, 'node_modules', '.besonnen-lock')
  return existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint
}

function installPackages() {
  const fingerprint = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (packagesAreCurrent(fingerprint)) return
  process.stderr.write('Pakete werden eingerichtet (npm ci) …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) {
    process.stderr.write('npm ci ist gescheitert. Bitte prüfen Sie die Netzverbindung zur npm-Registry.\n')
    process.exit(done.status ?? 1)
  }
  writeFileSync(join(root, 'node_modules', '.besonnen-lock'), fingerprint)
}

/** The Node of the lockfile; where none is published for this platform, the running one must be new enough. */
function nodeToUse() {
  for (const name of [`node-${process.platform}-${process.arch}`]) {
    const path = join(root, 'node_modules', name, 'bin', 'node')
    if (existsSync(path)) return path
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  process.stderr.write(
    `Für ${process.platform}-${process.arch} liegt kein Node 24 bei. Bitte installieren Sie Node 24 oder neuer.\n`,
  )
  process.exit(1)
}

installPackages()
const node = nodeToUse()
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'run.ts'), task, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
