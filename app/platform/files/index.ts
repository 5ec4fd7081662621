export { picturesFrom, type Box, type Made, type PictureFault } from './image.ts'
export { docxText } from './docx.ts'
export { asDownload, takeFile, takeLetter, type Taken, type TakenLetter } from './upload.ts'
