import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './paths.mjs'

const patienceMs = 60_000
const pollIntervalMs = 250
// A run in one of these does not become a finished one.
const failedStates = ['failed', 'crashed', 'killed']

/**
 * Waits until the server has all of a run, and compares it with the run's journal.
 *
 * @returns {Promise<string | undefined>} what is missing; `undefined` if nothing is
 */
export async function findMissing({ url, project, runId, dataDirectory }) {
  const written = await readWritten(dataDirectory, runId)
  if (written === undefined) return `run ${runId} has no journal in ${dataDirectory}.`
  const deadlineMs = Date.now() + patienceMs
  for (;;) {
    const served = await readServed(url, project, runId)
    const missing = difference(written, served)
    const isFinal = failedStates.includes(served?.run.state)
    if (missing === undefined || isFinal || Date.now() > deadlineMs) return missing
    await new Promise((resolve) => setTimeout(resolve, pollIntervalMs))
  }
}

/** Rows, and numbers by metric, as the journal has them. */
async function readWritten(dataDirectory, runId) {
  const runs = join(dataDirectory, 'runs')
  const name = readdirSync(runs).find((folder) => folder.endsWith(`-${runId}`))
  if (name === undefined) return undefined
  const { readJournal } = await import(pathToFileURL(join(root, 'packages/journal/dist/index.js')).href)
  const { records } = await readJournal(join(runs, name, `run-${runId}.wandb`))
  const rows = records.filter((record) => record.kind === 'history').map((record) => record.history.item ?? [])
  const pointCounts = new Map()
  for (const path of rows.flatMap(toMetricPaths)) {
    const name = path.join('.')
    if (!name.startsWith('_')) pointCounts.set(name, (pointCounts.get(name) ?? 0) + 1)
  }
  return { rowCount: rows.length, pointCounts }
}

/** Paths of the values of a row, without the parts of images, tables, histograms and the like: the server keeps those whole. */
function toMetricPaths(items) {
  const paths = items.map(({ key, nestedKey }) => (nestedKey?.length ? nestedKey : [key]))
  const media = new Set(paths.filter((path) => path.at(-1) === '_type').map((path) => path.slice(0, -1).join('.')))
  return paths.filter((path) => !media.has(path.slice(0, -1).join('.')))
}

/** The same as the server has it; `undefined` while it does not know the run. */
async function readServed(url, project, runId) {
  const [runResponse, metricsResponse] = await Promise.all([
    fetch(`${url}/api/runs/local/${project}/${runId}`),
    fetch(`${url}/api/projects/local/${project}/metrics?run=${runId}`),
  ])
  if (!runResponse.ok || !metricsResponse.ok) return undefined
  const { run } = await runResponse.json()
  const { metrics } = await metricsResponse.json()
  return { run, pointCounts: new Map(metrics.map(({ key, pointCount }) => [key, pointCount])) }
}

function difference(written, served) {
  if (served === undefined) return 'the server does not know the run.'
  const { run, pointCounts } = served
  if (run.state !== 'finished')
    return `the run is "${run.state}" on the server${run.stateCause && `: ${run.stateCause}`}.`
  if (run.historyLineCount !== written.rowCount) {
    return `the server has ${run.historyLineCount} of ${written.rowCount} rows.`
  }
  for (const [key, count] of written.pointCounts) {
    if (pointCounts.get(key) !== count)
      return `the server has ${pointCounts.get(key) ?? 0} of ${count} values of ${key}.`
  }
  return undefined
}
