import type { Judgement, RecordColumns, RowId } from '../tasks/evaluation-task.ts'

/** What is kept of each row, so that another evaluation can be compared with this one. */
export interface EvaluationRecords {
  readonly ids: readonly RowId[]
  /** 1: right, 0: wrong, NaN: neither. One a row. */
  readonly isCorrect: Float64Array
  /** How bad each row is; 0 is perfect. */
  readonly badness: Float64Array
  /** Further values by name, one a row. */
  readonly columns: Readonly<Record<string, Float64Array>>
  /** Only columns of the same meaning can be measured together: such as those with the same classes. */
  readonly meaning: string
}

/** Collects records. */
export interface RecordCollector {
  readonly rowCount: number
  /** Whether a row with this id is among those that are kept. */
  has(id: RowId): boolean
  add(id: RowId, judgement: Judgement): void
  /** The values of the task, each column with one value a row. */
  columns(): RecordColumns
  toRecords(names: readonly string[], meaning: string): EvaluationRecords
}

/** Columns before those of the task: whether the row is right, and how bad it is. */
const ownColumns = 2

/**
 * Keeps the records of all rows up to a bound, and beyond it those whose ids have the smallest hashes: a fair sample, which for
 * the same ids holds the same rows in every evaluation, so that two of them can still be joined.
 */
export function createRecordCollector(rowsMax: number, columnCount: number): RecordCollector {
  const width = columnCount + ownColumns
  const ids: RowId[] = []
  const places = new Map<string, number>()
  const hashes: number[] = []
  let values = new Float64Array(0)
  // A heap of places with the largest hash on top, made once all places are taken.
  let heap: Uint32Array | undefined

  const sink = (order: Uint32Array, from: number): void => {
    let at = from
    for (;;) {
      const left = at * 2 + 1
      const right = left + 1
      let largest = at
      if (left < order.length && hashes[order[left]!]! > hashes[order[largest]!]!) largest = left
      if (right < order.length && hashes[order[right]!]! > hashes[order[largest]!]!) largest = right
      if (largest === at) return
      ;[order[at], order[largest]] = [order[largest]!, order[at]!]
      at = largest
    }
  }
  const toHeap = (): Uint32Array => {
    const order = Uint32Array.from(ids.keys())
    for (let at = Math.floor(order.length / 2) - 1; at >= 0; at -= 1) sink(order, at)
    return order
  }
  const write = (place: number, { isCorrect, badness, record }: Judgement): void => {
    const start = place * width
    values[start] = isCorrect === undefined ? Number.NaN : Number(isCorrect)
    values[start + 1] = badness
    values.set(record, start + ownColumns)
  }
  const append = (id: RowId, hash: number, judgement: Judgement): void => {
    const place = ids.push(id) - 1
    hashes.push(hash)
    places.set(String(id), place)
    if ((place + 1) * width > values.length) {
      const grown = new Float64Array(Math.min(rowsMax, Math.max(256, place * 2)) * width)
      grown.set(values)
      values = grown
    }
    write(place, judgement)
  }
  const column = (index: number): Float64Array =>
    Float64Array.from({ length: ids.length }, (_, place) => values[place * width + index]!)

  return {
    get rowCount() {
      return ids.length
    },
    has: (id) => places.has(String(id)),
    add(id, judgement) {
      const hash = hashOf(String(id))
      if (ids.length < rowsMax) return append(id, hash, judgement)
      if (rowsMax === 0) return
      heap ??= toHeap()
      const place = heap[0]!
      if (hash >= hashes[place]!) return
      places.delete(String(ids[place]))
      ids[place] = id
      hashes[place] = hash
      places.set(String(id), place)
      write(place, judgement)
      sink(heap, 0)
    },
    columns: () => Array.from({ length: columnCount }, (_, index) => column(ownColumns + index)),
    toRecords: (names, meaning) => ({
      ids: [...ids],
      isCorrect: column(0),
      badness: column(1),
      columns: Object.fromEntries(names.map((name, index) => [name, column(ownColumns + index)])),
      meaning,
    }),
  }
}

/** 32 bits of FNV-1a, whose low quality for short texts murmur's last steps mend. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
