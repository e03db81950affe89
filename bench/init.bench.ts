// How long a program waits for `import` of the SDK and for `init` until its first row is logged, in local mode.
// Each measurement is a process of its own, without anything compiled or cached in memory by an earlier one.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

interface Measurement {
  readonly importMs: number
  readonly initMs: number
}

const rounds = 15
const child = fileURLToPath(new URL('init-child.mjs', import.meta.url))
// People run the built package; its TypeScript source would have to be stripped of types first.
const isBuilt = existsSync(new URL('../packages/core/dist/index.js', import.meta.url))
const nodeArgs = isBuilt ? [] : ['--conditions=source', '--disable-warning=ExperimentalWarning']

const directory = await openTemporaryDirectory('lossline-bench-')
try {
  const env = { ...process.env, NODE_OPTIONS: '', LOSSLINE_SILENT: 'true', LOSSLINE_CONFIG_DIR: '/nonexistent' }
  const measure = (): Measurement => {
    const output = execFileSync(process.execPath, [...nodeArgs, child, directory.path], { encoding: 'utf8', env })
    return JSON.parse(output) as Measurement
  }
  // The first ones fill the system's file cache.
  const measurements = Array.from({ length: rounds + 3 }, measure).slice(3)
  const importMs = median(measurements.map((measurement) => measurement.importMs))
  const initMs = median(measurements.map((measurement) => measurement.initMs))
  report(`init${isBuilt ? '' : ' (from source: packages/core is not built)'}`, [
    { what: 'import of @lossline/core', value: importMs, text: `${importMs.toFixed(1)} ms`, floor: 150, goal: 60 },
    { what: 'init to first log, local', value: initMs, text: `${initMs.toFixed(1)} ms`, floor: 300, goal: 50 },
  ])
} finally {
  await directory[Symbol.asyncDispose]()
}
