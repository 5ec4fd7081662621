export * from './provisional.tsx'
