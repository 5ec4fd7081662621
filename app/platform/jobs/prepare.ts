import { runMigrations } from 'graphile-worker'
import { Pool, type PoolConfig } from 'pg'

/**
 * The queue lives in a schema of its own, owned by `besonnen_jobs`: it does not work as a role bound by row-level
 * security. Commands reach it only through `jobs.enqueue()`, which takes ids, never text.
 */
export async function prepareJobs(jobs: PoolConfig): Promise<void> {
  const pool = new Pool({ ...jobs, max: 1 })
  // A connection lost while idle is no fault of the migration; the next query says what it met.
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool: pool, schema: 'graphile_worker' })
    await pool.query(`
      create schema if not exists jobs;
      create or replace function jobs.enqueue(task text, payload jsonb, run_at timestamptz, job_key text) returns void
        language sql security definer set search_path = '' as $$
        select graphile_worker.add_job(task, payload::json, run_at := run_at, job_key := job_key, max_attempts := 25)
      $$;
      revoke all on function jobs.enqueue(text, jsonb, timestamptz, text) from public;
      grant usage on schema jobs to besonnen_app;
      grant execute on function jobs.enqueue(text, jsonb, timestamptz, text) to besonnen_app;`)
  } finally {
    await pool.end()
  }
}
