import { createLeafTree, jsonToNumber, type MetricDefinitions, type Summary } from '@lossline/protocol'
import { type MetricHistory, toMetricHistories } from './metric-histories.ts'
import { addToTrace, createTrace, type Trace } from './trace.ts'

/** The courses of a run's metrics, for small pictures of them at its end. */
export interface MetricTraces {
  /** The course of a metric; undefined for what is not drawn. */
  at(path: readonly string[]): Trace | undefined
  /** Takes a value of the slow path in, if it is a number. */
  add(path: readonly string[], json: string): void
  /** The courses of some metrics, in the order of their definitions; see {@link toMetricHistories}. */
  histories(summary: Summary, definitions: MetricDefinitions): MetricHistory[]
}

// The first so many metrics may get a picture at the end: 128 KiB in all.
const tracedMax = 128

/** Makes the courses of a run without rows. */
export function createMetricTraces(): MetricTraces {
  const traces = createLeafTree<Trace>()
  let tracedCount = 0

  function at(path: readonly string[]): Trace | undefined {
    const known = traces.get(path)
    if (known !== undefined) return known
    if (tracedCount >= tracedMax || path[0]?.startsWith('_')) return undefined
    tracedCount += 1
    const trace = createTrace()
    traces.set(path, trace)
    return trace
  }

  return {
    at,
    add(path, json) {
      const value = jsonToNumber(json)
      const trace = value === undefined ? undefined : at(path)
      if (trace !== undefined && value !== undefined) addToTrace(trace, value)
    },
    histories(summary, definitions) {
      const traced: { path: readonly string[]; trace: Trace; place: number }[] = []
      traces.forEach((trace, path) => {
        if (summary.statisticsOf(path).none || isInsideMedia(summary, path)) return
        traced.push({ path, trace, place: definitions.placeOf(path) })
      })
      // A program defines first what it looks at first; what is not defined comes behind, as it came.
      traced.sort((one, other) => (one.place === other.place ? 0 : one.place - other.place))
      return toMetricHistories(traced)
    },
  }
}

/** Whether a value belongs to an image or another object that says what it is; its size is no metric. */
function isInsideMedia(summary: Summary, path: readonly string[]): boolean {
  return path.some((_label, depth) => depth > 0 && summary.has([...path.slice(0, depth), '_type']))
}
