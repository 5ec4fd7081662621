export { prepareJobs } from './prepare.ts'
export { enqueue } from './enqueue.ts'
export { startWorker } from './worker.ts'
export type { JobHandlers, JobPayload } from './worker.ts'
