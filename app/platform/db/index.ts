export { insertMany } from './many.ts'
