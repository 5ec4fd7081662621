type Command = (args: string[]) => Promise<number>
type EngineCommand = 'recognise' | 'backtest' | 'detect' | 'duplicates'

/** Each command loads only what it needs: the engine's run without a database or any package. */
const engine =
  (name: EngineCommand): Command =>
  async (args) =>
    (await import('./engine-commands/index.ts')).engineCommands[name](args)

const commands: Record<string, Command> = {
  recognise: engine('recognise'),
  backtest: engine('backtest'),
  detect: engine('detect'),
  duplicates: engine('duplicates'),
  audit: async (args) => (await import('./audit-command.ts')).audit(args),
  backup: async (args) => (await import('./backup-commands.ts')).backup(args),
  restore: async (args) => (await import('./backup-commands.ts')).restore(args),
  check: async (args) => (await import('./check-command.ts')).check(args),
  recover: async (args) => (await import('./recover-command.ts')).recover(args),
  town: async (args) => (await import('./town-command.ts')).town(args),
  user: async (args) => (await import('./user-command.ts')).user(args),
  model: async (args) => (await import('#work/model/cli.ts')).modelCommands.model(args),
}

export {}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) process.exitCode = await command(args)
else {
  process.stderr.write(`Unbekannter Befehl „${name}“. Möglich sind: ${Object.keys(commands).join(', ')}.\n`)
  process.exitCode = 2
}
