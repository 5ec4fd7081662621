import './tables.ts'
export { stemsOf } from './stems.ts'
export { SearchKeeper, type Findable } from './rebuild.ts'
export { findRecords, forgetRecord, indexRecord, isBuilt } from './tokens.ts'
