export { picturesFrom, type Box, type PictureFault } from './image.ts'
export { asDownload, takeFile, type Taken } from './upload.ts'
