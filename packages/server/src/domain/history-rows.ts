import { decodeKeyPath, encodeKeyPath, stringifyNumber } from '@lossline/protocol'
import type { HistoryRow, RunRow, Store, Stream } from '@lossline/store'
import { createPause } from './pauses.ts'
import { openCells, readGroups } from './read-groups.ts'
import { createThinner, thin } from './thin.ts'

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
const wholeRowCountMax = 5_000
/** Rows that are looked at in one piece. */
const walkedRowCount = 8_192

export function createHistoryRows(store: Store): HistoryRows {
  const last = async (run: RunRow, stream: Stream): Promise<HistoryRow | undefined> =>
    (await store.rows({ run: run.id, stream, fromEnd: true, limit: 1 }))[0]

  return {
    range: (run, fromStep, toStep, limit) => store.rows({ run: run.id, fromStep, toStep: toStep - 1, limit }),
    tail: last,
    async sample(run, stream, count) {
      const lineCount = stream === 'history' ? run.historyLineCount : run.eventsLineCount
      if (lineCount <= Math.max(wholeRowCountMax, count)) return thin(await store.rows({ run: run.id, stream }), count)
      const [first] = await store.rows({ run: run.id, stream, limit: 1 })
      const end = await last(run, stream)
      if (first === undefined || end === undefined) return []
      const pause = createPause()
      const found = new Map([[first.step, first]])
      for (let i = 1; i < count - 1; i++) {
        const fromStep = Math.round(first.step + ((end.step - first.step) * i) / (count - 1))
        for (const row of await store.rows({ run: run.id, stream, fromStep, limit: 1 })) found.set(row.step, row)
        await pause()
      }
      found.set(end.step, end)
      return [...found.values()].sort((a, b) => a.step - b.step).slice(-count)
    },
    async sampleKeys(run, query) {
      const known = await store.metricKeys({
        entity: run.entity,
        project: run.project,
        runs: [run.id],
        stream: 'history',
      })
      const rows = new Map(known.map((row) => [row.key, row]))
      // A literal key wins over a path of nested ones that reads the same.
      const paths = query.keys.map((key) => (rows.has(encodeKeyPath([key])) ? encodeKeyPath([key]) : key))
      const logged = [...new Set(paths.filter((path) => path !== '_step'))]
      const walked = logged.length === 0 ? known : logged.map((path) => rows.get(path))
      if (run.lastStep === undefined || walked.some((row) => row === undefined)) return []

      const keys = walked.map((row) => ({
        key: row!.key,
        isPlain: row!.kind === 'number',
        pointCount: row!.pointCount,
      }))
      const span = { fromStep: query.fromStep ?? 0, toStep: Math.min(query.toStep ?? run.lastStep, run.lastStep) }
      const thinner = createThinner<RowCells>(query.count)
      let last: RowCells | undefined
      const pause = createPause()
      for await (const group of readGroups(store, run.id, keys, { span, rowCountMax: walkedRowCount, pause })) {
        const cursors = group.cells.map(openCells)
        // With no key but the step every row counts.
        const steps =
          logged.length === 0
            ? group.steps
            : group.steps.filter((step) => cursors.every((cursor) => cursor.find(step) >= 0))
        const kept = group.cells.map(openCells)
        const toCells = (step: number): RowCells =>
          paths.map((path) => {
            const cursor = kept[logged.indexOf(path)]
            return cursor === undefined ? step : cursor.at(cursor.find(step))
          })
        let isKept = false
        for (const step of steps) {
          isKept = thinner.isNextKept()
          if (isKept) thinner.keep(toCells(step))
        }
        if (steps.length > 0) last = isKept ? undefined : toCells(steps.at(-1)!)
      }
      return thinner.finish(last).map((row) => row.map(toJsonText))
    },
  }
}

/** Values of a row that is asked for by keys, in their order: numbers, or JSON texts. */
type RowCells = readonly (number | string)[]

function toJsonText(cell: number | string): string {
  return typeof cell === 'number' ? stringifyNumber(cell) : cell
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
