/** Tables that belong to no municipality, each with its reason. Everything else is bound by forced row-level security. */
export const sharedTables: Record<string, string> = {
  'platform.municipality': 'the directory itself: what stands on the town sign',
  'migration.done': 'which changes of the schema have run; no data of anybody',
}

/** Schemas of tools that keep to themselves and hold ids only. */
export const foreignSchemas = ['graphile_worker', 'jobs', 'pg_catalog', 'information_schema', 'pg_toast']
