import type { ConfigRecord, JsonObject, JsonValue } from '@lossline/protocol'
import { type ChartPreset, isJsonObject, stringifyJson, toChartConfig } from '@lossline/protocol'
import { TooManyRowsError } from '../errors.ts'
import type { SkippedValues } from '../values/skipped-values.ts'
import { type ConversionContext, type RowPart, toLeaves } from '../values/to-leaves.ts'

/** Turns what is logged into the parts of a row. */
export interface RowParts {
  /**
   * Converts a row and hands it to `log`. When that refuses it, or the row cannot be converted, media count as not
   * logged.
   *
   * @returns what `log` returned.
   */
  logRow<Outcome>(metrics: object, log: (parts: RowPart[]) => Outcome, isLogged: (outcome: Outcome) => boolean): Outcome
  /** The parts of a summary value. */
  toSummaryParts(value: unknown, path: readonly string[]): RowPart[]
}

/** What the parts of rows need of their run. */
export interface CreateRowPartsOptions {
  readonly onSkip: SkippedValues['count']
  /** Whether a table with too many rows is an error. */
  readonly isStrict: boolean
  /** The summary that an earlier process of the run left. Default: there was none. */
  readonly earlierSummary?: JsonObject | undefined
  /** Appends to the config, before the row. */
  appendConfig(config: ConfigRecord): void
}

/** Makes the conversion of one run. */
export function createRowParts(options: CreateRowPartsOptions): RowParts {
  const { onSkip: onAnySkip, isStrict, earlierSummary, appendConfig } = options
  const run = {}
  const charts = new Map<string, string>()
  const undos: (() => void)[] = []
  const media = { run, onUndo: (undo: () => void) => undos.push(undo), earlierValue }

  const onSkip: ConversionContext['onSkip'] = (reason, path) => {
    if (reason === 'table-rows' && isStrict) throw new TooManyRowsError(path)
    onAnySkip(reason, path)
  }

  function earlierValue(path: readonly string[]): JsonValue | undefined {
    let value: JsonValue | undefined = earlierSummary
    for (const label of path) value = isJsonObject(value) && Object.hasOwn(value, label) ? value[label] : undefined
    return value
  }

  /** The page needs to know of a chart once, and again when it changes. */
  function recordChart(key: string, preset: ChartPreset): void {
    const valueJson = stringifyJson(toChartConfig(key, preset))
    if (charts.get(key) === valueJson) return
    charts.set(key, valueJson)
    appendConfig({ update: [{ nestedKey: ['_wandb', 'visualize', key], valueJson }], remove: [] })
  }

  const rowContext: ConversionContext = { destination: 'history', onSkip, media, onChart: recordChart }
  const summaryContext: ConversionContext = { destination: 'summary', onSkip, media }
  return {
    logRow(metrics, log, isLogged) {
      let hasLogged = false
      try {
        const outcome = log(toLeaves(metrics, rowContext))
        hasLogged = isLogged(outcome)
        return outcome
      } finally {
        const pending = undos.splice(0)
        if (!hasLogged) for (const undo of pending) undo()
      }
    },
    toSummaryParts(value, path) {
      const parts = toLeaves(value, summaryContext, path)
      undos.length = 0
      return parts
    },
  }
}
