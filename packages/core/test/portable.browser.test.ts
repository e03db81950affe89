import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { findChromium, launchChromium } from '@lossline/testing'
import fc from 'fast-check'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checks, type configureExamples } from './browser/portable-checks.ts'

const hasBrowser = findChromium() !== undefined
if (!hasBrowser) console.warn('Portable modules are not tested in a browser: no Chromium or Chrome was found.')

/** The checks and all that they import, as one script for a browser. Refuses modules of Node. */
async function bundleChecks(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('browser/portable-checks.ts', import.meta.url)),
        formats: ['iife'],
        name: 'portable',
      },
    },
    plugins: [
      {
        name: 'refuse-node',
        enforce: 'pre',
        resolveId(specifier, importer) {
          if (isBuiltin(specifier)) throw new Error(`${importer} imports ${specifier}`)
        },
      },
    ],
  })
  const [bundle] = Array.isArray(output) ? output : [output]
  const chunk = bundle !== undefined && 'output' in bundle ? bundle.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled')
  return chunk.code
}

test('the portable modules import nothing of Node', async () => {
  expect(await bundleChecks()).toContain('portable')
})

describe('in Node', () => {
  test.each(Object.keys(checks))('%s', (name) => checks[name]?.())
})

describe.skipIf(!hasBrowser)('in Chromium', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  let outcomes: Readonly<Record<string, string>> = {}

  beforeAll(async () => {
    browser = await launchChromium()
    const page = await browser?.newPage()
    await page?.addScriptTag({ content: await bundleChecks() })
    outcomes =
      (await page?.evaluate((examples) => {
        // The bundle puts its exports there.
        const { portable } = globalThis as unknown as {
          portable: { checks: Record<string, () => void>; configureExamples: typeof configureExamples }
        }
        portable.configureExamples(examples)
        const run = (check: () => void): string => {
          try {
            check()
            return 'holds'
          } catch (error) {
            return String(error)
          }
        }
        return Object.fromEntries(Object.entries(portable.checks).map(([name, check]) => [name, run(check)]))
      }, fc.readConfigureGlobal())) ?? {}
  }, 60_000)
  afterAll(() => browser?.close())

  test.each(Object.keys(checks))('%s', (name) => {
    expect(outcomes[name]).toBe('holds')
  })
})
