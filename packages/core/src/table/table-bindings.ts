import type { MediaSnapshot, TableRepeatSnapshot, TableSnapshot } from '@lossline/journal'
import {
  artifactTableRowCountMax,
  generateClientId,
  isJsonObject,
  type JsonValue,
  type TableColumn,
  type TableLogMode,
} from '@lossline/protocol'
import type { MediaPlace } from '../media/media-value.ts'

/** A table at the moment when it is logged. */
export interface TableState {
  readonly logMode: TableLogMode
  /** Counts up with each change. */
  readonly changeCount: number
  readonly rowCount: number
  slice(first: number, count: number): readonly TableColumn<MediaSnapshot>[]
}

/** Remembers which versions of a table were logged to which run. */
export interface TableBindings {
  /** What is handed to the thread that writes; without a place, everything that the table holds. */
  snapshot(place: MediaPlace | undefined, state: TableState): TableSnapshot | TableRepeatSnapshot
}

interface Binding {
  /** Client id of the artifact that holds the last version. */
  readonly clientId: string
  readonly changeCount: number
  readonly rowCount: number
  /** Only of a table that is logged in increments. */
  readonly increment: LoggedIncrements | undefined
}

/** The increments of a table so far. */
interface LoggedIncrements {
  /** Of the last one. */
  readonly number: number
  /** `artifact_path` of the newest ones, at most {@link incrementPathCountMax}. */
  readonly paths: readonly string[]
  /** Rows that earlier processes of the run logged. */
  readonly earlierRowCount: number
}

// W&B's pages show no more of a table. Each increment names those before it, so that without a limit many increments would
// take room for their number squared.
const incrementPathCountMax = 100

/** Makes the memory of one table. */
export function createTableBindings(): TableBindings {
  const bindings = new WeakMap<object, Binding>()
  return {
    snapshot(place, state) {
      const { logMode, changeCount, rowCount } = state
      const binding = place === undefined ? undefined : bindings.get(place.run)
      const isUnchanged = binding?.changeCount === changeCount
      if (binding !== undefined && (isUnchanged || logMode === 'IMMUTABLE')) {
        if (!isUnchanged) place?.onSkip('table-changed')
        return { kind: 'table-repeat', clientId: binding.clientId }
      }
      const firstRow = logMode === 'INCREMENTAL' ? (binding?.rowCount ?? 0) : 0
      const clientId = generateClientId()
      const earlier = logMode === 'INCREMENTAL' ? (binding?.increment ?? earlierIncrements(place?.earlier)) : undefined
      const increment = logMode === 'INCREMENTAL' ? nextIncrement(earlier, clientId, place) : undefined
      const earlierRowCount = earlier?.earlierRowCount ?? 0
      if (place !== undefined) {
        place.onUndo(() => (binding === undefined ? bindings.delete(place.run) : bindings.set(place.run, binding)))
        if (rowCount - firstRow > artifactTableRowCountMax) place.onSkip('table-rows')
        bindings.set(place.run, {
          clientId,
          changeCount,
          rowCount,
          increment: increment && {
            number: increment.number,
            paths: newestOf([...increment.previousPaths, increment.path]),
            earlierRowCount,
          },
        })
      }
      return {
        kind: 'table',
        columns: state.slice(firstRow, rowCount - firstRow),
        rowCount: rowCount - firstRow,
        totalRowCount: earlierRowCount + rowCount,
        logMode,
        clientId,
        sequenceClientId: generateClientId(),
        ...(binding === undefined ? {} : { supersededClientId: binding.clientId }),
        ...(increment === undefined ? {} : { increment }),
      }
    },
  }
}

/** What W&B's client reads back of a run that goes on: the value of the last increment in its summary. */
function earlierIncrements(value: JsonValue | undefined): LoggedIncrements | undefined {
  if (!isJsonObject(value) || value._type !== 'incremental-table-file') return undefined
  const { increment_num: number, previous_increments_paths: previous, artifact_path: last, nrows } = value
  const paths = [...(Array.isArray(previous) ? previous : []), last].filter((path) => typeof path === 'string')
  return {
    number: typeof number === 'number' ? number : 0,
    paths: newestOf(paths),
    earlierRowCount: typeof nrows === 'number' ? nrows : 0,
  }
}

function newestOf(paths: readonly string[]): readonly string[] {
  return paths.slice(-incrementPathCountMax)
}

function nextIncrement(earlier: LoggedIncrements | undefined, clientId: string, place: MediaPlace | undefined) {
  const number = earlier === undefined ? 0 : earlier.number + 1
  // Readers sort by the number in front, then by the time.
  const entryName = `${number}-${Date.now()}.${place?.key ?? 'table'}.table.json`
  return {
    number,
    entryName,
    path: `wandb-client-artifact://${clientId}/${entryName}`,
    previousPaths: earlier?.paths ?? [],
  }
}
