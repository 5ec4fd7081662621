import type { Subscription } from '#platform/facts/index.ts'

/** Who listens to which fact. */
export const subscriptions: readonly Subscription[] = []
