// How long `finish` takes after 100,000 rows were logged as fast as they can be: local, and online against our server.
// W&B's own client does the same, with fewer rows, where it is installed.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { createRowSource } from './lib/rows.ts'

const rowCount = 100_000
const rounds = 3
// A tenth of ours: its client logs some 10,000 rows a second, and this has to end.
const pythonRowCount = 10_000
const pythonTimeoutMs = 60_000

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
const nextRow = createRowSource()

/** Milliseconds of `finish`, and of everything from the first row on. */
async function measure(options: object): Promise<{ finishMs: number; wholeMs: number }> {
  const run = await init({ project: 'bench', dir: directory.path, silent: true, console: 'off', ...options })
  const startMs = performance.now()
  for (let step = 0; step < rowCount; step += 1) run.log(nextRow(step))
  const loggedMs = performance.now()
  await run.finish()
  return { finishMs: performance.now() - loggedMs, wholeMs: performance.now() - startMs }
}

async function findingsOf(what: string, options: object): Promise<Finding[]> {
  const all = []
  for (let round = 0; round < rounds; round += 1) all.push(await measure(options))
  const finishMs = median(all.map((one) => one.finishMs))
  const wholeMs = median(all.map((one) => one.wholeMs))
  return [
    { what: `${what}: finish`, value: finishMs, text: `${finishMs.toFixed(0)} ms` },
    {
      what: `${what}: log and finish, a row`,
      value: (wholeMs / rowCount) * 1000,
      text: `${((wholeMs / rowCount) * 1000).toFixed(2)} µs`,
    },
  ]
}

async function pythonFindings(): Promise<Finding[]> {
  const client = findPythonClient()
  if ('missing' in client) return []
  const program = `
import json, time, wandb
run = wandb.init(project='bench')
rows = [{f'metric{k}': (step * 7919 + k) % 1000 / 7 for k in range(10)} for step in range(${pythonRowCount})]
start = time.perf_counter()
for row in rows: run.log(row)
logged = time.perf_counter()
run.finish()
end = time.perf_counter()
print('\\n' + json.dumps([(end - logged) * 1000, (end - start) * 1000]))
`
  const settings = {
    WANDB_API_KEY: 'k'.repeat(40),
    WANDB_SILENT: 'true',
    WANDB_CONSOLE: 'off',
    WANDB_ERROR_REPORTING: 'false',
  }
  const env = {
    ...process.env,
    ...settings,
    WANDB_BASE_URL: server.url,
    WANDB_DIR: directory.path,
    HOME: directory.path,
  }
  const findings: Finding[] = []
  for (const mode of ['offline', 'online']) {
    const what = `wandb ${mode}, ${pythonRowCount.toLocaleString('en')} rows`
    const options = { env: { ...env, WANDB_MODE: mode }, cwd: directory.path, timeout: pythonTimeoutMs }
    const output = await promisify(execFile)(client.python, ['-c', program], options).catch(() => undefined)
    if (output === undefined) {
      findings.push({ what, value: Number.NaN, text: 'failed, or took more than a minute' })
      continue
    }
    // The program printed two numbers on its last line.
    const [finishMs, wholeMs] = JSON.parse(output.stdout.trim().split('\n').at(-1) ?? '') as [number, number]
    findings.push(
      { what: `${what}: finish`, value: finishMs, text: `${finishMs.toFixed(0)} ms` },
      {
        what: `${what}: log and finish, a row`,
        value: wholeMs,
        text: `${((wholeMs / pythonRowCount) * 1000).toFixed(2)} µs`,
      },
    )
  }
  return findings
}

try {
  const local = await findingsOf('local', { mode: 'local' })
  const online = await findingsOf('online', { baseUrl: server.url, apiKey: 'k'.repeat(40) })
  // Our server has to answer while Python runs: not in a call that blocks this thread.
  const python = await pythonFindings()
  report(`finish: after ${rowCount.toLocaleString('en')} rows of 10 numbers`, [...local, ...online, ...python])
} finally {
  await server.close()
  await directory[Symbol.asyncDispose]()
}
