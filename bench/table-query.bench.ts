// A table of 1,000,000 rows, asked over HTTP as the page asks: the first rows of a file that the server has not read yet, then
// sorting, filtering, grouping and describing its columns; and how long another request waits meanwhile. Held against JSON.parse
// of the same file, which is what reading it whole would begin with.
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { logTable, predictionTable } from './lib/prediction-table.ts'
import { type Finding, report } from './lib/report.ts'
import { createSender } from './lib/sender.ts'

const rowCount = 1_000_000
const rounds = 3

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })
const sender = createSender(server.url)

interface Window {
  readonly rowCount: number
  readonly isComplete: boolean
}

async function ask(runId: string, path: string, selection: object): Promise<Window> {
  const tables = [{ kind: 'run', entity: 'local', project: 'bench', runId, key: 'predictions' }]
  const body = JSON.stringify({ tables, ...selection })
  const response = await fetch(`${server.url}/api/tables/${path}`, { method: 'POST', body })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return JSON.parse(text) as Window
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

const firstMs: number[] = []
const readMs: number[] = []
const waitMs: number[] = []
const parseMs: number[] = []
for (let round = 0; round < rounds; round += 1) {
  const text = predictionTable(rowCount, round)
  // Each round has a file of its own, which the server has not read.
  await logTable(sender, server, { runId: `run${round}`, text, rowCount })
  const startMs = performance.now()
  await ask(`run${round}`, 'rows', {})
  firstMs.push(performance.now() - startMs)
  let isRead = false
  const reading = ask(`run${round}`, 'rows', { filter: 'score > 2' }).then(() => {
    isRead = true
  })
  while (!isRead) waitMs.push(await time(() => fetch(`${server.url}/api/status`).then((answer) => answer.text())))
  await reading
  readMs.push(performance.now() - startMs)
  parseMs.push(await time(async () => JSON.parse(text)))
}

let question = 0
/** Each is asked once: answers are remembered. */
async function measure(selection: (index: number) => object, path = 'rows'): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    question += 1
    times.push(await time(() => ask(`run${round}`, path, selection(question))))
  }
  return median(times)
}
const by = (...columns: readonly string[]) => ({ sort: columns.map((column) => ({ column, isDescending: true })) })

const yardstickMs = median(parseMs)
const line = (what: string, ms: number, floor?: number, goal?: number): Finding => ({
  what,
  value: ms,
  text: `${ms.toFixed(0)} ms; JSON.parse ${yardstickMs.toFixed(0)} ms: ${(ms / yardstickMs).toFixed(2)}`,
  ...(floor === undefined ? {} : { floor }),
  ...(goal === undefined ? {} : { goal }),
})
report(`table-query: ${rowCount.toLocaleString('en')} rows of 6 columns`, [
  line('the first 100 rows of a file that was not read', median(firstMs), 1000, 500),
  line('the whole file, filtered', median(readMs)),
  line('another request meanwhile, the slowest', Math.max(...waitMs), 200, 50),
  line('sorted by numbers', await measure(() => by('score')), 2000, 1000),
  line('sorted by a million different texts', await measure(() => by('name')), 4000, 2000),
  line('sorted by three columns', await measure(() => by('label', 'correct', 'score')), 2000, 1000),
  line('filtered', await measure((n) => ({ filter: `score > 0.${n} and label in [cat, dog]` })), 1000, 300),
  line('searched', await measure((n) => ({ search: `ple ${n}` })), 2000, 1000),
  line('grouped by two columns', await measure(() => ({ group: ['label', 'guess'] })), 2000, 1000),
  line('columns described', await measure(() => ({}), 'columns'), 2000, 1000),
])
await server.close()
await directory[Symbol.asyncDispose]()
