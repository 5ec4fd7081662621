export { EnvironmentError, readEnvironment } from './environment.ts'
export type { Environment } from './environment.ts'
export { root } from './root.ts'
