export { Tenants } from './tenants.ts'
export type { TenantTx, Who, Reach, Municipality, TenantsOptions } from './tenants.ts'
