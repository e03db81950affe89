import { decodeKeyPath, type MetricInfo, type RunDetail, type StrictJson } from '@lossline/protocol'

/** A metric that each run has logged once, such as the accuracy of an evaluation: a number, and not a line. */
export interface SingleValue {
  readonly key: string
  /** The key as people wrote it. */
  readonly title: string
  /** Keys of the interval that the value lies in, where one was logged. */
  readonly bounds: { readonly lower: string; readonly upper: string } | undefined
}

/** A value of a run, with the interval that it lies in. */
export interface RunValue {
  readonly value: number
  readonly lower: number | undefined
  readonly upper: number | undefined
}

/** Whether no run has more than one point of it. System metrics are sampled, and stay charts. */
export function isSingle({ stream, runCount, pointCount }: MetricInfo): boolean {
  return stream === 'history' && pointCount <= runCount
}

// As evaluations log them: `eval/interval/accuracy/lower`, `eval/delta/accuracy/lower`.
const boundPattern = /^(.*)\/(lower|upper)$/

/** The metric that a key bounds: `eval/accuracy` of `eval/interval/accuracy/upper`. */
export function boundedKey(key: string): string | undefined {
  const owner = boundPattern.exec(key)?.[1]
  return owner?.replace(/(^|\/)interval\//, '$1')
}

/** The metrics with their intervals; those that are bounds of another one are part of it. */
export function toSingleValues(metrics: readonly { readonly key: string; readonly title: string }[]): SingleValue[] {
  const keys = new Set(metrics.map(({ key }) => key))
  const isBound = (key: string): boolean => keys.has(boundedKey(key) ?? '')
  return metrics
    .filter(({ key }) => !isBound(key))
    .map(({ key, title }) => ({ key, title, bounds: boundsOf(key, keys) }))
}

function boundsOf(key: string, keys: ReadonlySet<string>): SingleValue['bounds'] {
  const [, section = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(key) ?? []
  const stems = [`${section}interval/${name}`, key]
  const stem = stems.find((one) => keys.has(`${one}/lower`) && keys.has(`${one}/upper`))
  return stem === undefined ? undefined : { lower: `${stem}/lower`, upper: `${stem}/upper` }
}

/** What a run's summary has for a metric; undefined where the run has not logged it as a number. */
export function valueOfRun(summary: RunDetail['summary'], { key, bounds }: SingleValue): RunValue | undefined {
  const value = numberAt(summary, key)
  if (value === undefined) return undefined
  return { value, lower: bounds && numberAt(summary, bounds.lower), upper: bounds && numberAt(summary, bounds.upper) }
}

/** Follows a key path; numbers that JSON has not come as texts. */
function numberAt(summary: RunDetail['summary'], path: string): number | undefined {
  let at: StrictJson | undefined = summary
  for (const label of decodeKeyPath(path)) at = isObject(at) ? at[label] : undefined
  // Of a metric with a summary of its own (`min`, `last`): all are the one value that there is.
  if (isObject(at)) at = Object.values(at)[0]
  if (typeof at === 'number') return at
  return typeof at === 'string' && /^(NaN|-?Infinity)$/.test(at) ? Number(at) : undefined
}

function isObject(value: StrictJson | undefined): value is RunDetail['summary'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Least and greatest of what a row draws; undefined where nothing is finite. */
export function extentOf(values: readonly (RunValue | undefined)[]): readonly [low: number, high: number] | undefined {
  const numbers = values
    .flatMap((one) => (one === undefined ? [] : [one.value, one.lower, one.upper]))
    .filter((number): number is number => number !== undefined && Number.isFinite(number))
  return numbers.length === 0 ? undefined : [Math.min(...numbers), Math.max(...numbers)]
}
