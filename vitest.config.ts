import { defineConfig } from 'vitest/config'

/** Four kinds of test, told apart by their file name, so that each can have its own time and its own set-up. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,demo,scripts,bench}/**/*.test.{ts,tsx}', 'tests/architecture/**/*.test.ts'],
          exclude: ['**/*.db.test.{ts,tsx}', '**/node_modules/**'],
          testTimeout: 20_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{app,demo,tests}/**/*.db.test.{ts,tsx}'],
          globalSetup: ['tests/support/database.global.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'rights',
          include: ['tests/rights/**/*.rights.test.ts'],
          globalSetup: ['tests/support/database.global.ts'],
          maxWorkers: 2,
          testTimeout: 400_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.journey.test.ts'],
          globalSetup: ['tests/support/browser.global.ts', 'tests/support/database.global.ts'],
          testTimeout: 240_000,
          hookTimeout: 180_000,
          // What a page will say is awaited as long as what it holds (`setDefaultTimeout` in tests/support/browser.ts).
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
})
