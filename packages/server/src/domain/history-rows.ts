import { decodeKeyPath, encodeKeyPath, stringifyNumber } from '@lossline/protocol'
import type { HistoryRow, RunRow, Store, Stream } from '@lossline/store'

/** Reads rows back as they were logged. */
export interface HistoryRows {
  /** Rows with `fromStep` ≤ step < `toStep`, ascending. */
  range(run: RunRow, fromStep: number, toStep: number, limit: number): Promise<readonly HistoryRow[]>
  /** The newest row. */
  tail(run: RunRow, stream: Stream): Promise<HistoryRow | undefined>
  /** At most `count` rows, evenly spread over the steps, first and last included. */
  sample(run: RunRow, stream: Stream, count: number): Promise<readonly HistoryRow[]>
  /** Rows that have all the keys, as lists of JSON texts in the order of `keys`; evenly thinned to `count`. */
  sampleKeys(
    run: RunRow,
    query: {
      readonly keys: readonly string[]
      readonly count: number
      readonly fromStep?: number
      readonly toStep?: number
    },
  ): Promise<readonly (readonly string[])[]>
}

/** Up to this many lines a run is read whole and then thinned; beyond, only the rows that are wanted are looked up. */
const wholeRowCountMax = 20_000

export function createHistoryRows(store: Store): HistoryRows {
  const last = async (run: RunRow, stream: Stream): Promise<HistoryRow | undefined> =>
    (await store.rows({ run: run.id, stream, fromEnd: true, limit: 1 }))[0]

  return {
    range: (run, fromStep, toStep, limit) => store.rows({ run: run.id, fromStep, toStep: toStep - 1, limit }),
    tail: last,
    async sample(run, stream, count) {
      const lineCount = stream === 'history' ? run.historyLineCount : run.eventsLineCount
      if (lineCount <= wholeRowCountMax) return thin(await store.rows({ run: run.id, stream }), count)
      const [first] = await store.rows({ run: run.id, stream, limit: 1 })
      const end = await last(run, stream)
      if (first === undefined || end === undefined) return []
      const found = new Map([[first.step, first]])
      for (let i = 1; i < count - 1; i++) {
        const fromStep = Math.round(first.step + ((end.step - first.step) * i) / (count - 1))
        for (const row of await store.rows({ run: run.id, stream, fromStep, limit: 1 })) found.set(row.step, row)
      }
      found.set(end.step, end)
      return [...found.values()].sort((a, b) => a.step - b.step)
    },
    async sampleKeys(run, query) {
      const known = await store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id] })
      const kinds = new Map(known.filter((row) => row.stream === 'history').map((row) => [row.key, row.kind]))
      // A literal key wins over a path of nested ones that reads the same.
      const paths = query.keys.map((key) => (kinds.has(encodeKeyPath([key])) ? encodeKeyPath([key]) : key))
      const range = {
        ...(query.fromStep === undefined ? {} : { fromStep: query.fromStep }),
        ...(query.toStep === undefined ? {} : { toStep: query.toStep }),
      }
      const logged = [...new Set(paths.filter((path) => path !== '_step'))]
      if (logged.length > 0 && logged.every((path) => kinds.get(path) === 'number')) {
        const { steps, columns } = await store.joinedColumns({ run: run.id, keys: logged, ...range })
        const cell = (path: string, at: number): string =>
          stringifyNumber(path === '_step' ? steps[at]! : columns[logged.indexOf(path)]![at]!)
        return thin(Uint32Array.from(steps.keys()), query.count).map((at) => paths.map((path) => cell(path, at)))
      }
      const filter = logged.length === 0 ? {} : { keys: logged }
      const rows = await store.rows({ run: run.id, ...range, ...filter })
      const complete = rows.filter((row) => logged.every((path) => row.values.has(path)))
      return thin(complete, query.count).map((row) =>
        paths.map((path) => (path === '_step' ? String(row.step) : row.values.get(path)!)),
      )
    },
  }
}

/** At most `count` elements, evenly spread, first and last included. */
export function thin<T>(items: ArrayLike<T>, count: number): T[] {
  if (items.length <= count) return Array.from(items)
  if (count <= 0) return []
  if (count === 1) return [items[items.length - 1]!]
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!)
}

/** The line that was logged: nested objects restored, `_step` first. */
export function toJsonLine(row: HistoryRow, options: { readonly hasStep: boolean }): string {
  const root: Branch = new Map()
  for (const [key, json] of row.values) place(root, decodeKeyPath(key), json)
  const members = [...root].map(([label, node]) => `${JSON.stringify(label)}:${toText(node)}`)
  return `{${[...(options.hasStep ? [`"_step":${row.step}`] : []), ...members].join(',')}}`
}

type Branch = Map<string, Branch | string>

function place(root: Branch, path: readonly string[], json: string): void {
  let branch = root
  for (const label of path.slice(0, -1)) {
    const next = branch.get(label)
    const child: Branch = next instanceof Map ? next : new Map()
    branch.set(label, child)
    branch = child
  }
  branch.set(path.at(-1) ?? '', json)
}

function toText(node: Branch | string): string {
  if (typeof node === 'string') return node
  return `{${[...node].map(([label, child]) => `${JSON.stringify(label)}:${toText(child)}`).join(',')}}`
}
