import { encodeKeyPath, type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'
import type { RowGroup } from '@lossline/store'

type OtherLeaf = RowGroup['others'][number]

/** Members that a stream's lines carry besides what people logged. */
const notLogged: ReadonlySet<string> = new Set(['_step', '_wandb'])

/**
 * Turns lines of `wandb-history.jsonl` or `wandb-events.jsonl` into columns. Nested objects become key paths; lists, media
 * objects and integers beyond 2^53 stay one JSON text. A line that is no JSON object becomes a row without values, so that
 * line numbers stay right.
 *
 * @param lines - One JSON object each, W&B's dialect.
 * @param lineOffset - Number of the first line; a row without a usable `_step` has its line number as step.
 * @param hasSteps - False for events, whose step is always the line number.
 */
export function parseHistoryLines(
  lines: readonly string[],
  lineOffset: number,
  hasSteps: boolean,
): { readonly rows: RowGroup; readonly badLineCount: number } {
  const group = createGroupBuilder(lines.length)
  const parsed = parseTogether(lines)
  let badLineCount = 0
  for (let i = 0; i < lines.length; i++) {
    const read = parsed === undefined ? parseLine(lines[i]!) : parsed[i]
    if (!isRow(read)) {
      badLineCount += 1
      group.steps[i] = lineOffset + i
      continue
    }
    // JSON.parse has rounded such integers already: the line is read again with its digits.
    const row = parsed !== undefined && group.hasUnsafeNumber(read) ? (parseLine(lines[i]!) as Row) : read
    const step = hasSteps ? row._step : undefined
    group.steps[i] = typeof step === 'number' && Number.isSafeInteger(step) && step >= 0 ? step : lineOffset + i
    group.addRow(i, row)
  }
  return { rows: group.finish(), badLineCount }
}

type Row = { readonly [key: string]: JsonValue }

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * All lines in one call, which V8 parses about twice as fast as one by one; `undefined` where that does not work out (NaN,
 * a damaged line) and each line has to be looked at by itself.
 */
function parseTogether(lines: readonly string[]): readonly unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(`[${lines.join(',')}]`)
    return Array.isArray(values) && values.length === lines.length ? values : undefined
  } catch {
    return undefined
  }
}

function parseLine(line: string): unknown {
  try {
    return parseJson(line)
  } catch {
    return undefined
  }
}

function createGroupBuilder(rowCount: number) {
  const steps = new Float64Array(rowCount)
  const columns: ColumnBuilder[] = []
  const byName = new Map<string, ColumnBuilder>()
  const others: OtherLeaf[] = []
  // Rows mostly have the same keys in the same order: the column at the same place is tried before the map.
  const layout: ColumnBuilder[] = []

  const column = (name: string, path: () => string): ColumnBuilder => {
    const known = byName.get(name)
    if (known !== undefined) return known
    const created = new ColumnBuilder(name, path())
    byName.set(name, created)
    columns.push(created)
    return created
  }

  const addLeaf = (rowIndex: number, path: readonly string[], value: JsonValue): void => {
    if (typeof value === 'number') {
      const key = encodeKeyPath(path)
      // Nested keys cannot meet top-level names in the map: those hold no control character in front.
      column(`\u0000${key}`, () => key).push(rowIndex, value)
    } else if (isRow(value) && !('_type' in value)) {
      for (const [label, child] of Object.entries(value)) addLeaf(rowIndex, [...path, label], child)
    } else {
      others.push({ key: encodeKeyPath(path), rowIndex, json: stringifyJson(value) })
    }
  }

  return {
    steps,
    hasUnsafeNumber: (row: Row): boolean => {
      for (const key in row) {
        const value = row[key]
        if (typeof value === 'number' ? !isSafe(value) : typeof value === 'object' && holdsUnsafeNumber(value))
          return true
      }
      return false
    },
    addRow: (rowIndex: number, row: Row): void => {
      let place = 0
      for (const key in row) {
        if (notLogged.has(key)) continue
        const value = row[key]!
        if (typeof value !== 'number') {
          addLeaf(rowIndex, [key], value)
          continue
        }
        let target = layout[place]
        if (target === undefined || target.name !== key) {
          target = column(key, () => encodeKeyPath([key]))
          layout[place] = target
        }
        target.push(rowIndex, value)
        place += 1
      }
    },
    finish: (): RowGroup => ({ rowCount, steps, numbers: columns.map((built) => built.finish()), others }),
  }
}

/** A class, because the engine then shares one compiled `push` between thousands of columns. */
class ColumnBuilder {
  /** Name in the line, for top-level keys. */
  readonly name: string
  readonly #key: string
  #rowIndexes = new Uint32Array(16)
  #values = new Float64Array(16)
  #length = 0

  constructor(name: string, key: string) {
    this.name = name
    this.#key = key
  }

  push(rowIndex: number, value: number): void {
    if (this.#length === this.#values.length) this.#grow()
    this.#rowIndexes[this.#length] = rowIndex
    this.#values[this.#length] = value
    this.#length += 1
  }

  finish(): RowGroup['numbers'][number] {
    const rowIndexes = this.#rowIndexes.subarray(0, this.#length)
    return { key: this.#key, rowIndexes, values: this.#values.subarray(0, this.#length) }
  }

  #grow(): void {
    const rowIndexes = new Uint32Array(this.#length * 2)
    const values = new Float64Array(this.#length * 2)
    rowIndexes.set(this.#rowIndexes)
    values.set(this.#values)
    this.#rowIndexes = rowIndexes
    this.#values = values
  }
}

function isSafe(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER
}

function holdsUnsafeNumber(value: JsonValue): boolean {
  if (typeof value === 'number') return !isSafe(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsUnsafeNumber)
}
