export { zipOf, zipResponse, type ZipFile } from './zip.ts'
