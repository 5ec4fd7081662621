export { picturesFrom, type Box, type Made, type PictureFault } from './image.ts'
export { asDownload, takeFile, type Taken } from './upload.ts'
