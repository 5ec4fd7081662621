export { docxResponse, letterDocx } from './docx.ts'
export { letterPdf, type Block, type Cell, type Letter } from './letter.ts'
