// `npm test`: every check of the workspace. Goes on after a failure, so that one run tells all.
// The last line of output is `N passed, N failed, N skipped`: the tests of vitest, and one for each other step.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cachePath, root } from './lib/paths.mjs'
import { runInForeground, runQuietly } from './lib/processes.mjs'
import { findToolchain } from './lib/toolchain.mjs'
import { countsFile } from './lib/vitest-counts.mjs'
import { buildPackages, installPackages } from './lib/workspace.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
// Far above what the suite takes: it only ends a run that hangs.
const vitestTimeoutMs = 30 * 60_000
const slowestFileCount = 10
/** @type {[file: string, durationMs: number][]} */
let slowestFiles = []
const countReporter = join(root, 'scripts/lib/vitest-counts.mjs')
const tool = (name) => join(root, 'node_modules', '.bin', name)

/** @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Outcome */

/**
 * Runs one step, says how it went and how long it took, and adds to the totals.
 *
 * @param {string} name
 * @param {() => Promise<Outcome>} run
 * @returns {Promise<boolean>} whether nothing failed
 */
async function step(name, run) {
  const startedAtMs = performance.now()
  /** @type {Outcome} */
  let outcome
  try {
    outcome = await run()
  } catch (error) {
    console.log(error.isExpected ? error.message : error)
    outcome = { passed: 0, failed: 1, skipped: 0 }
  }
  for (const key of Object.keys(totals)) totals[key] += outcome[key]
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  const note = outcome.note === undefined ? '' : ` (${outcome.note})`
  console.log(`${outcome.failed > 0 ? '✗' : '✓'} ${name}: ${seconds} s${note}`)
  return outcome.failed === 0
}

/** A step that is one program: its output is shown only when it fails. */
function check(name, program, args) {
  return step(name, async () => {
    const { exitCode, output } = await runQuietly(program, args, { env: toolchain.env })
    if (exitCode === 0) return { passed: 1, failed: 0, skipped: 0, note: lastLine(output) }
    console.log(output.trimEnd())
    return { passed: 0, failed: 1, skipped: 0 }
  })
}

function lastLine(output) {
  const line = output.trim().split('\n').at(-1)?.trim()
  return line === undefined || line === '' || line.length > 100 ? undefined : line
}

async function runVitest({ isBuilt }) {
  rmSync(countsFile, { force: true })
  // Many tests start processes and threads of their own, or a browser, and wait for them: three files at a time keep two cores
  // busy. With four the whole took as long, and pages of four browsers waited for each other longer than tests wait for them.
  // Projects do not take this from the configuration at the root.
  const args = ['run', '--maxWorkers=3', '--reporter=default', `--reporter=${countReporter}`, ...process.argv.slice(2)]
  const env = {
    ...toolchain.env,
    NODE_OPTIONS: ['strip-types-once', ...(isBuilt ? ['built-threads'] : [])]
      .map((name) => `--import=${pathToFileURL(join(root, `scripts/lib/${name}.mjs`))}`)
      .join(' '),
    NODE_COMPILE_CACHE: cachePath('compiled'),
    LOSSLINE_SHARED_MODULES: 'true',
    ...(isBuilt && { LOSSLINE_TEST_PAGE: join(root, 'packages/web/dist'), LOSSLINE_TEST_BUILT: 'true' }),
  }
  const exitCode = await runInForeground(tool('vitest'), args, env, { timeoutMs: vitestTimeoutMs })
  if (!existsSync(countsFile)) {
    console.log(`vitest ended with code ${exitCode} before it ran any test.`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const { counts, durationsMs, unfinished } = JSON.parse(readFileSync(countsFile, 'utf8'))
  slowestFiles = Object.entries(durationsMs)
    .sort(([, one], [, other]) => other - one)
    .slice(0, slowestFileCount)
  if (unfinished.length > 0) {
    console.log(`vitest ended with code ${exitCode} before the end of:\n  ${unfinished.join('\n  ')}`)
    counts.failed += unfinished.length
  }
  // What no test can be blamed for shows in the exit code alone.
  if (counts.failed === 0 && exitCode !== 0) counts.failed = 1
  return counts
}

const one = (run) => async () => {
  await run()
  return { passed: 1, failed: 0, skipped: 0 }
}

/** Prepares the Python client, in a process of its own: it waits for the network most of the time. */
async function preparePython() {
  const { exitCode, output } = await runQuietly(toolchain.node, ['scripts/python-client.mjs'], { env: toolchain.env })
  return exitCode === 0 ? '- Python client ready' : `- ${output.trim()} (its tests are skipped)`
}

/** What needs no test, one after the other beside the tests, which wait for processes of theirs a good part of the time. */
async function runChecks({ isBuilt }) {
  await check('types of packages', tool('tsc'), ['-b'])
  // Against the declarations that the step before has made.
  await check('types of tests', tool('tsc'), ['-p', 'tsconfig.test.json'])
  await check('arrows', toolchain.node, ['scripts/check-arrows.mjs'])
  await check('documents', toolchain.node, ['scripts/check-docs.mjs'])
  if (isBuilt) await check('packed packages', toolchain.node, ['scripts/pack-check.mjs'])
}

const toolchain = await findToolchain()
if (
  await step(
    'install',
    one(() => installPackages(toolchain)),
  )
) {
  const [isBuilt, , python] = await Promise.all([
    step(
      'build',
      one(() => buildPackages(toolchain)),
    ),
    check('format and lint', tool('biome'), ['check', '--error-on-warnings', '.']),
    preparePython(),
  ])
  console.log(python)
  await Promise.all([step('vitest', () => runVitest({ isBuilt })), runChecks({ isBuilt })])
}

if (slowestFiles.length > 0) console.log('Slowest test files:')
for (const [file, durationMs] of slowestFiles) console.log(`${(durationMs / 1000).toFixed(1).padStart(7)} s ${file}`)
process.exitCode = totals.failed > 0 ? 1 : 0
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
