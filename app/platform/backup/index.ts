export { BackupError } from './file.ts'
export { notEmpty, restoreFrom, type Restored, type RestoreOptions } from './restore.ts'
export { foreignKeys, quoted, travelling } from './tables.ts'
export { backUp, keysFileFor, type BackupOptions, type Written } from './write.ts'
