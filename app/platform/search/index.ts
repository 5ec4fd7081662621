import './tables.ts'
export { stemsOf } from './stems.ts'
export { SearchKeeper, type Findable } from './rebuild.ts'
export { forgetRecord, forgetRecords, indexNewRecords, indexRecord, isBuilt, standsIn } from './tokens.ts'
