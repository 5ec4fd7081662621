export { picturesFrom, type Box, type PictureFault } from './image.ts'
