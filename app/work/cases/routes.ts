import type { Route } from '#platform/web/index.ts'

export const routes: readonly Route[] = []
