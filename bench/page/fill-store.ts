import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore, type RowGroup, type Store } from '@lossline/store'

/** Changes whenever the data below do: folders of another version are not used again. */
const version = 'page-1'
const groupRowCount = 4000
const nowMs = Date.now() - 3_600_000

/** Projects of the entity `local` that the measurements are made on. */
export const projects = {
  /** 1,000 runs of 24 metrics and 100 points; the ten newest have 100 metrics and 1,000 points. */
  large: 'large',
  /** Ten runs of 1,000,000 points of one metric. */
  long: 'long',
  /** Ten runs of 5,000 metrics in 200 sections, 20 points each. */
  wide: 'wide',
  /** 10,000 runs with config and summary; the 20 newest have a metric. */
  many: 'many',
} as const

/** Fills a data folder, unless it has been filled before. Takes some minutes. */
export async function fillStore(directory: string): Promise<void> {
  const marker = join(directory, `${version}.filled`)
  if (existsSync(marker)) return
  const store = await openSqliteStore({ path: join(directory, 'store.db') })
  await fillLarge(store)
  await fillLong(store)
  await fillWide(store)
  await fillMany(store)
  await store.compact({ all: true })
  await store.close()
  writeFileSync(marker, '')
}

async function fillLarge(store: Store): Promise<void> {
  for (let index = 0; index < 1000; index++) {
    const isNew = index >= 990
    const keys = [
      ...Array.from({ length: 24 }, (_, i) => `train/metric_${i}`),
      ...(isNew ? Array.from({ length: 76 }, (_, i) => `more/metric_${i}`) : []),
    ]
    await addRun(store, projects.large, index, { keys, stepCount: isNew ? 1000 : 100 })
  }
}

async function fillLong(store: Store): Promise<void> {
  for (let index = 0; index < 10; index++) await addRun(store, projects.long, index, { keys: ['loss'], stepCount: 1e6 })
}

async function fillWide(store: Store): Promise<void> {
  const keys = Array.from({ length: 5000 }, (_, i) => `section_${Math.floor(i / 25)}/metric_${i % 25}`)
  for (let index = 0; index < 10; index++) await addRun(store, projects.wide, index, { keys, stepCount: 20 })
}

async function fillMany(store: Store): Promise<void> {
  const count = 10_000
  for (let first = 0; first < count; first += 1000) {
    const indexes = Array.from({ length: 1000 }, (_, i) => first + i)
    await store.write(indexes.map((index) => putRun(projects.many, index)))
  }
  for (let index = count - 20; index < count; index++) {
    await addRun(store, projects.many, index, { keys: ['loss'], stepCount: 200 })
  }
}

function putRun(project: string, index: number) {
  const name = `run ${String(index).padStart(5, '0')}`
  const config = { lr: 10 ** -(1 + (index % 5)), seed: index % 10, optimizer: index % 2 === 0 ? 'adam' : 'sgd' }
  const wireConfig = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))
  const summary = { loss: Math.random(), accuracy: Math.random(), score: index }
  return {
    kind: 'put-run',
    at: { entity: 'local', project, runId: `${project}${index}` },
    nowMs: nowMs + index,
    change: {
      displayName: name,
      state: 'finished',
      config: JSON.stringify(wireConfig),
      summary: JSON.stringify(summary),
    },
  } as const
}

async function addRun(
  store: Store,
  project: string,
  index: number,
  size: { readonly keys: readonly string[]; readonly stepCount: number },
): Promise<void> {
  const [{ run }] = await store.write([putRun(project, index)])
  const { keys, stepCount } = size
  for (let step = 0; step < stepCount; step += groupRowCount) {
    const rows = makeRows(keys, step, Math.min(groupRowCount, stepCount - step), stepCount)
    await store.write([{ kind: 'append-rows', run: run.id, stream: 'history', lineOffset: step, rows, nowMs }])
  }
}

function makeRows(keys: readonly string[], firstStep: number, rowCount: number, stepCount: number): RowGroup {
  const rowIndexes = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const curve = (key: number): Float64Array =>
    Float64Array.from(rowIndexes, (row) => {
      const share = (firstStep + row) / stepCount
      return 1 / (0.1 + share * (2 + (key % 7))) + Math.random() * 0.1
    })
  return {
    rowCount,
    steps: Float64Array.from(rowIndexes, (row) => firstStep + row),
    numbers: keys.map((key, i) => ({ key, rowIndexes, values: curve(i) })),
    others: [],
  }
}
