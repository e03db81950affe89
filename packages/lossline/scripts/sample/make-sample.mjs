// Makes the sample project that `lossline serve` can load: 60 runs, logged by the SDK itself, packed into one file.
// usage: node scripts/sample/make-sample.mjs [file]     (default: dist/sample.br)
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { endsAtMs, takeOverTime } from './fake-time.mjs'
import { finishJournal } from './finish-journal.mjs'
import { logRun } from './log-runs.mjs'
import { planRuns } from './plan.mjs'
import { description, makeViews, sweeps } from './views.mjs'
import { writePack } from './write-pack.mjs'

// As many bytes in the package that everybody installs.
const packedBytesMax = 2_000_000

const target = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..', 'dist', 'sample.br'))
const directory = mkdtempSync(join(tmpdir(), 'lossline-sample-'))
const print = process.stdout.write.bind(process.stdout)
const printError = process.stderr.write.bind(process.stderr)
// What is logged to the console belongs to the runs.
process.stdout.write = () => true
process.stderr.write = () => true
try {
  takeOverTime()
  const plans = planRuns()
  const runs = []
  for (const planned of plans) {
    const run = await logRun(planned, directory, plans)
    const journal = readdirSync(run.directory).find((name) => name.endsWith('.wandb'))
    await finishJournal(run, join(run.directory, journal))
    runs.push(run)
  }
  const head = {
    format: 'lossline-sample/1',
    endsAtMs,
    description,
    runs: runs.map(({ id, startedAtMs, endedAtMs, end }) => ({
      id,
      startedAtMs,
      endedAtMs,
      isCrashed: end === 'crashed',
    })),
    sweeps,
    views: makeViews(plans),
  }
  const { fileCount, wholeBytes, packedBytes } = await writePack(target, head, runs)
  print(`sample of ${runs.length} runs: ${fileCount} files, ${wholeBytes} bytes, packed ${packedBytes}\n`)
  if (packedBytes > packedBytesMax) throw new Error(`The sample is over ${packedBytesMax} bytes.`)
} catch (error) {
  printError(`${error.stack}\n`)
  process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
