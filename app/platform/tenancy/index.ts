export { Tenants } from './tenants.ts'
export { foundMunicipality, reservedSlugs } from './found.ts'
export type { NewMunicipality } from './found.ts'
export type { TenantTx, Who, Reach, Municipality, TenantsOptions } from './tenants.ts'
