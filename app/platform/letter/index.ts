export { docxResponse, letterDocx } from './docx.ts'
export { letterPdf, type Block, type Letter } from './letter.ts'
