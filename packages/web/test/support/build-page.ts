import { fileURLToPath } from 'node:url'
import { findChromium } from '@lossline/testing'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the built page; undefined where no browser could open it. */
    webRoot: string | undefined
  }
}

/**
 * Builds the page once for all browser tests, beside `dist` so that neither disturbs the other. `npm test` has just built it and
 * names the folder in `LOSSLINE_TEST_PAGE`.
 */
export async function setup(project: TestProject): Promise<void> {
  if (findChromium() === undefined) {
    console.log('No Chromium found (CHROMIUM_PATH, PATH): the tests of the page in a browser are skipped.')
    return project.provide('webRoot', undefined)
  }
  const { LOSSLINE_TEST_PAGE: built } = process.env
  if (built) return project.provide('webRoot', built)
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const outDir = fileURLToPath(new URL('../../node_modules/.cache/test-page', import.meta.url))
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  project.provide('webRoot', outDir)
}
