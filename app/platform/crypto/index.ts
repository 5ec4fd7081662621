export { Installation, KeyFileError } from './installation.ts'
export { newReceiptCode, parseReceiptCode } from './receiptcode.ts'
export type { ReceiptCode } from './receiptcode.ts'
export {
  checkPart,
  type CheckedPart,
  decryptWith,
  encryptTo,
  joinParts,
  makeRecovery,
  recoveryKey,
} from './recovery.ts'
export { MunicipalityKeys, revealWith, SealBroken, sealWith } from './sealing.ts'
export type { Place, RecordKey, Sealed } from './sealing.ts'
