/**
 * Small in memory (one municipality, often one machine), as durable as PostgreSQL is by default, and a log that cannot
 * hold what people wrote: errors are left out (their text quotes input), `terse` drops details and parameters.
 */
const always: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  max_connections: '40',
  shared_buffers: '48MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  jit: 'off',
  // A page of an index costs little more than the next page of a table on any disk of today.
  random_page_cost: '1.1',
  max_wal_size: '256MB',
  max_wal_senders: '0',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '2',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_checkpoints: 'off',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

/** Settings only newer servers know: reading by the backends themselves saves three idle processes. */
const since18: Record<string, string> = { io_method: 'sync' }

/** The arguments of `postgres`, in a fixed order: an adopted server is recognised by them. */
export function argumentsFor(
  server: { folder: string; socket: string; port: number; major: number },
  own: Record<string, string> = {},
): string[] {
  const settings = {
    ...always,
    ...(server.major >= 18 ? since18 : {}),
    unix_socket_directories: server.socket,
    port: String(server.port),
    ...own,
  }
  return ['-D', server.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
