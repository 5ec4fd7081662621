import './tables.ts'
export { stemsOf } from './stems.ts'
export { findRecords, forgetRecord, indexRecord, isBuilt, markBuilt } from './tokens.ts'
