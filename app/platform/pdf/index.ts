export { makePdf, pdfResponse, type Paper } from './pdf.ts'
