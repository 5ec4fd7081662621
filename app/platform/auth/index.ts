import './tables.ts'
export { Attempts } from './attempts.ts'
export {
  endAccess,
  endInvitation,
  identify,
  invite,
  invited,
  newSecondFactor,
  setCredential,
  stepOf,
} from './credentials.ts'
export { deviceOf } from './device.ts'
export { isLinked, linkSubject, personOfSubject } from './identities.ts'
export { addPasskey, askToAdd, askToEnter, enterByPasskey, passkeysOf, removePasskey } from './passkeys.ts'
export type { PasskeyAnswer, Question } from './passkeys.ts'
export { looksLikeRecoveryCode, newRecoveryCodes, recoveryCodesLeft } from './recovery-codes.ts'
export { ServiceRefused, SignInService } from './service.ts'
export type { Arrival } from './service.ts'
export { endSession, endSessionsOf, enter, sessionsOf, startSession } from './sessions.ts'
export type { Entered, Session } from './sessions.ts'
export { rolesHeld, rolesToday } from './roles.ts'
