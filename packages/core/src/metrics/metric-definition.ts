import { type ConfigRecord, type MetricRecord, metricNotesPath, stringifyJson } from '@lossline/protocol'
import { InvalidMetricDefinitionError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'

/** A statistic that the summary keeps of a metric. */
export type SummaryStatistic = 'min' | 'max' | 'mean' | 'best' | 'last' | 'first' | 'copy' | 'none'

/** How a metric is shown and summarised. */
export interface DefineMetricOptions {
  /** Metric that serves as the x axis. Default: the step. */
  readonly stepMetric?: string
  /** Repeats the last value of the step metric in rows that lack it. Default: true when there is a step metric. */
  readonly stepSync?: boolean
  /** Keeps the metric out of charts that are made automatically. Default: false. */
  readonly hidden?: boolean
  /**
   * What the summary holds: one statistic, a list, or a list in text, such as `'min,max'`. Default: the last value.
   * `none` keeps the metric out of the summary. `best` and `copy` are recorded for the server and change nothing here.
   */
  readonly summary?: SummaryStatistic | readonly SummaryStatistic[] | (string & {})
  /** Whether lower or higher is better. Default: not said. */
  readonly goal?: 'minimize' | 'maximize'
  /** What the metric tells, for whoever looks at its charts: at most 2,000 characters. Default: what was said before, or nothing. */
  readonly description?: string
  /**
   * Unit of its values, which stands behind them: at most 40 characters. `s` and `ms` are shown as durations, `B` as kB, MB and
   * so on. Default: what was said before, or none.
   */
  readonly unit?: string
  /** Replaces an earlier definition of the same name. Default: false, which adds to it. */
  readonly overwrite?: boolean
}

const defineMetricOptionNames: OptionNames<DefineMetricOptions> = {
  stepMetric: true,
  stepSync: true,
  hidden: true,
  summary: true,
  goal: true,
  description: true,
  unit: true,
  overwrite: true,
}

const statistics: readonly string[] = ['min', 'max', 'mean', 'best', 'last', 'first', 'copy', 'none']

const descriptionLengthMax = 2000
const unitLengthMax = 40

/**
 * Checks a definition and turns it into its record.
 *
 * @param name - Name of the metric; nested labels are joined with `.`. A `*` at the end stands for any end.
 * @throws {@link InvalidMetricDefinitionError}
 */
export function toMetricRecord(name: string, options: DefineMetricOptions = {}): MetricRecord {
  checkName(name)
  checkOptions('defineMetric', options, defineMetricOptionNames)
  const { stepMetric, stepSync = stepMetric !== undefined, hidden = false, goal, overwrite = false } = options
  if (stepMetric !== undefined) checkStepMetric(stepMetric)
  const summary = toStatistics(options.summary)
  return {
    ...(name.endsWith('*') ? { globName: name } : { name }),
    ...(stepMetric === undefined ? {} : { stepMetric }),
    options: { defined: true, ...(stepSync ? { stepSync } : {}), ...(hidden ? { hidden } : {}) },
    ...(summary.length === 0 ? {} : { summary: Object.fromEntries(summary.map((statistic) => [statistic, true])) }),
    ...(goal === undefined ? {} : { goal: toGoal(goal) }),
    ...(overwrite ? { control: { overwrite } } : {}),
  }
}

/**
 * What a definition says for people to read, as changes of the config, where it is kept. Removals come first.
 *
 * @returns none where it says nothing.
 * @throws {@link InvalidMetricDefinitionError}
 */
export function toMetricNoteRecords(name: string, options: DefineMetricOptions = {}): ConfigRecord[] {
  const texts = { description: checkText(options, 'description', descriptionLengthMax), unit: checkUnit(options) }
  const items = Object.entries(texts).map(([field, text]) => ({
    nestedKey: [...metricNotesPath, name, field],
    valueJson: text === undefined ? '' : stringifyJson(text),
  }))
  const update = items.filter(({ valueJson }) => valueJson !== '')
  const remove = options.overwrite === true ? items.filter(({ valueJson }) => valueJson === '') : []
  return [
    ...(remove.length > 0 ? [{ update: [], remove }] : []),
    ...(update.length > 0 ? [{ update, remove: [] }] : []),
  ]
}

function checkUnit(options: DefineMetricOptions): string | undefined {
  const unit = checkText(options, 'unit', unitLengthMax)
  if (unit === undefined || !/[\r\n]/.test(unit)) return unit
  throw new InvalidMetricDefinitionError('The unit has a line break.', "Name it in a word: { unit: 'tokens/s' }.")
}

function checkText(options: DefineMetricOptions, field: 'description' | 'unit', lengthMax: number): string | undefined {
  const text: unknown = options[field]
  if (text === undefined) return undefined
  if (typeof text === 'string' && text.length <= lengthMax) return text.trim()
  throw new InvalidMetricDefinitionError(
    typeof text === 'string' ? `The ${field} has ${text.length} characters.` : `The ${field} is not a text.`,
    `Give it as a text of at most ${lengthMax} characters.`,
  )
}

function checkName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '') {
    throw new InvalidMetricDefinitionError('A metric has a name.', "Pass it first: defineMetric('val/loss', …).")
  }
  if (name.slice(0, -1).includes('*')) {
    throw new InvalidMetricDefinitionError(
      `The metric name "${name}" has a * that is not at its end.`,
      "Only a * at the end stands for other characters: 'val/*'.",
    )
  }
}

function checkStepMetric(stepMetric: unknown): asserts stepMetric is string {
  if (typeof stepMetric !== 'string' || stepMetric === '' || stepMetric.includes('*')) {
    throw new InvalidMetricDefinitionError(
      `The step metric ${JSON.stringify(stepMetric)} is not the name of one metric.`,
      "Name one metric that is logged in the same rows: { stepMetric: 'epoch' }.",
    )
  }
}

function toStatistics(summary: DefineMetricOptions['summary']): readonly string[] {
  if (summary === undefined) return []
  const words = typeof summary === 'string' ? summary.split(',').map((word) => word.trim()) : summary
  const unknown = words.find((word) => !statistics.includes(word))
  if (unknown === undefined) return words
  throw new InvalidMetricDefinitionError(
    `The summary statistic ${JSON.stringify(unknown)} does not exist.`,
    `Choose from ${statistics.join(', ')}.`,
  )
}

// W&B looks at the first three letters only, so `min` and `max` are understood too.
function toGoal(goal: string): 'minimize' | 'maximize' {
  if (goal.startsWith('min')) return 'minimize'
  if (goal.startsWith('max')) return 'maximize'
  throw new InvalidMetricDefinitionError(`The goal "${goal}" does not exist.`, "Choose 'minimize' or 'maximize'.")
}
