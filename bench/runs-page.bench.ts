// Lists of runs: filtered and sorted pages of large projects, and what keeping them quick costs those who write.
import {
  openSqliteStore,
  type RunFilterField,
  type RunOrder,
  type RunPredicate,
  type RunQuery,
  type Store,
} from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'

const nowMs = Date.UTC(2026, 0, 1)
const putCount = 500

function configOf(index: number): string {
  const ownValues = {
    learningRate: 10 ** (-1 - 3 * Math.random()),
    seed: index % 10,
    model: ['cnn', 'mlp', 'vit'][index % 3],
    optimizer: { name: index % 2 === 0 ? 'adam' : 'sgd', beta: 0.9, decay: Math.random() },
    ...Object.fromEntries(
      Array.from({ length: 14 }, (_, key) => [`option_${key}`, key % 2 === 0 ? key : `text ${key}`]),
    ),
  }
  const wrapped = Object.entries(ownValues).map(([key, value]) => [key, { value }])
  // About what clients say of the machine and themselves.
  return JSON.stringify({ ...Object.fromEntries(wrapped), _wandb: { value: { e: { about: 'x'.repeat(800) } } } })
}

function summaryOf(index: number): string {
  const metrics = Array.from({ length: 25 }, (_, key) => [`part_${key % 3}/metric_${key}`, Math.random()])
  const own = { loss: Math.random(), 'val/accuracy': Math.random(), _step: index, _runtime: Math.random() * 1000 }
  return JSON.stringify({ ...Object.fromEntries(metrics), ...own, _wandb: { runtime: index % 1000 } })
}

async function fill(store: Store, project: string, runCount: number): Promise<void> {
  for (let first = 0; first < runCount; first += 1000) {
    await store.write(
      Array.from({ length: 1000 }, (_, offset) => {
        const index = first + offset
        return {
          kind: 'put-run',
          at: { entity: 'e', project, runId: `run${index.toString(36)}` },
          nowMs: nowMs + index * 1000,
          change: {
            displayName: `calm-river-${index}`,
            state: index % 20 === 0 ? 'running' : 'finished',
            tags: index % 5 === 0 ? ['baseline', 'b'] : ['b'],
            group: `group ${index % 100}`,
            host: `host ${index % 7}`,
            username: 'local',
            heartbeatAtMs: nowMs + index * 1000 + 60_000,
            config: configOf(index),
            summary: summaryOf(index),
          },
        } as const
      }),
    )
  }
}

const learningRate = { kind: 'config', path: 'learningRate' } as const
const byLoss: RunOrder = { by: { kind: 'summary', path: 'loss' }, isDescending: true }
const field = (name: RunFilterField) => ({ kind: 'field', field: name }) as const
const filters = {
  none: { kind: 'and', of: [] },
  host: { kind: 'eq', path: field('host'), value: 'host 3' },
  tag: { kind: 'eq', path: { kind: 'tags' }, value: 'baseline' },
  name: { kind: 'regex', path: field('displayName'), pattern: 'river-.*9$' },
  config: { kind: 'lt', path: learningRate, value: 0.01 },
  three: {
    kind: 'and',
    of: [
      { kind: 'eq', path: field('state'), value: 'finished' },
      {
        kind: 'or',
        of: [
          { kind: 'lt', path: learningRate, value: 0.01 },
          { kind: 'gt', path: { kind: 'summary', path: 'val/accuracy' }, value: 0.5 },
        ],
      },
    ],
  },
} satisfies { readonly [name: string]: RunPredicate }

const pages: { readonly [what: string]: Pick<RunQuery, 'filter' | 'order'> } = {
  'newest first': {},
  'one host, newest first': { filter: filters.host },
  'one host, by creation': { filter: filters.host, order: { by: field('createdAtMs'), isDescending: true } },
  'one tag, newest first': { filter: filters.tag },
  'a pattern in the name, by name': { filter: filters.name, order: { by: field('displayName'), isDescending: false } },
  'all, by a summary value': { order: byLoss },
  'a config value, by a summary value': { filter: filters.config, order: byLoss },
  'state, config or summary, by a summary value': { filter: filters.three, order: byLoss },
  'all, by duration': { order: { by: field('runtimeSeconds'), isDescending: true } },
}

async function measure(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const durations: number[] = []
  await work()
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now()
    await work()
    durations.push(performance.now() - startMs)
  }
  return median(durations)
}

/** Pages of a project as they are answered, each with how long its count takes. */
async function measurePages(store: Store, project: string, runCount: number): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [what, part] of Object.entries(pages)) {
    const query = { entity: 'e', project, limit: 50, ...part }
    const pageMs = await measure(5, () => store.runs(query))
    const countMs = await measure(5, () => store.runCount(query))
    const text = `${pageMs.toFixed(1)} ms, count ${countMs.toFixed(1)} ms`
    const targets = runCount === 100_000 ? { floor: 1000, goal: 300 } : {}
    findings.push({ what: `${runCount.toLocaleString('en')} runs: ${what}`, value: pageMs, text, ...targets })
  }
  return findings
}

/** Every run in pages of 1,000, each behind the last one of the page before. */
async function measureWalk(store: Store, project: string, runCount: number): Promise<number> {
  const startMs = performance.now()
  let count = 0
  let after: RunQuery['after']
  for (;;) {
    const page = await store.runs({ entity: 'e', project, limit: 1000, ...(after && { after }) })
    count += page.runs.length
    after = page.positions.at(-1)
    if (page.runs.length < 1000) break
  }
  if (count !== runCount) throw new Error(`walked over ${count} runs of ${runCount}`)
  return performance.now() - startMs
}

/** Milliseconds of a durable write of a run's summary, one at a time, any run of the project. */
async function measurePuts(store: Store, project: string, runCount: number): Promise<number> {
  const durations: number[] = []
  for (let put = 0; put < putCount; put++) {
    const index = Math.floor(Math.random() * runCount)
    const at = { entity: 'e', project, runId: `run${index.toString(36)}` }
    const change = { summary: summaryOf(index), heartbeatAtMs: nowMs + put }
    const startMs = performance.now()
    await store.write([{ kind: 'put-run', at, nowMs, change, mayCreate: false }])
    durations.push(performance.now() - startMs)
  }
  return median(durations)
}

const directory = await openTemporaryDirectory('lossline-bench-')
try {
  const store = await openSqliteStore({ path: directory.join('store.db'), groupCommitMs: 0 })
  const findings: Finding[] = []
  for (const runCount of [10_000, 100_000]) {
    const project = `p${runCount}`
    const startMs = performance.now()
    await fill(store, project, runCount)
    const fillMs = performance.now() - startMs
    const title = `${runCount.toLocaleString('en')} runs`
    findings.push({ what: `${title}: created, ms a run`, value: fillMs / runCount })
    findings.push(...(await measurePages(store, project, runCount)))
    findings.push({ what: `${title}: all in pages of 1,000, ms`, value: await measureWalk(store, project, runCount) })
    findings.push({ what: `${title}: a summary written, ms`, value: await measurePuts(store, project, runCount) })
  }
  await store.close()
  report('runs-page', findings)
} finally {
  await directory[Symbol.asyncDispose]()
}
