export { readZip, type Packed } from './read.ts'
export { zipOf, zipResponse, type ZipFile } from './zip.ts'
