import type { ReadValues, TrainingContext } from '../callbacks/training-observer.ts'
import type { ReportProblem, TfjsProblem } from '../problems.ts'
import type { TrainingLogs } from '../tensorflow-like.ts'
import { readLogs } from './read-logs.ts'
import { countOutputs, repairShiftedValidation, toMetricNames } from './validation-shift.ts'

/** Reads the logs of one training: when somebody asks, once for all who ask, and under the right names. */
export interface LogReader {
  trainBegin(context: TrainingContext): void
  batch(logs: TrainingLogs | undefined): ReadValues
  epoch(logs: TrainingLogs | undefined): ReadValues
}

export function createLogReader(report: ReportProblem): LogReader {
  let metricNames: readonly string[] = []
  let outputCount = 1

  const readEpoch = async (logs: TrainingLogs): Promise<Readonly<Record<string, number>>> => {
    const values = await readLogs(logs, report)
    const repaired = repairShiftedValidation(values, metricNames, outputCount)
    if (repaired !== undefined) report(shifted(metricNames, outputCount))
    return withNames(repaired ?? values)
  }

  return {
    trainBegin({ params, model }) {
      metricNames = toMetricNames(params.metrics ?? [], params.doValidation ?? false)
      outputCount = model?.outputs?.length ?? countOutputs(metricNames)
    },
    batch: (logs = {}) => once(async () => withNames(await readLogs(logs, report))),
    epoch: (logs = {}) => once(() => readEpoch(logs)),
  }
}

/** A metric that is a function written inline has no name, and tfjs gives its values an empty one. */
function withNames(values: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  if (!('' in values || 'val_' in values)) return values
  const nameOf = (name: string) => (name === '' || name === 'val_' ? `${name}metric` : name)
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [nameOf(name), value]))
}

function once(read: ReadValues): ReadValues {
  let values: ReturnType<ReadValues> | undefined
  return () => {
    values ??= read()
    return values
  }
}

function shifted(metricNames: readonly string[], outputCount: number): TfjsProblem {
  const lostCount = Math.min(outputCount, metricNames.length - outputCount) - 1
  const names = lostCount < 1 ? [] : metricNames.slice(-lostCount).map((name) => `val_${name}`)
  const lost = names.length === 0 ? '' : ` (${names.join(', ')} cannot be)`
  return {
    code: 'tfjs-shifted-validation',
    message: `TensorFlow.js gives the val_* values of a model with ${outputCount} outputs under wrong names (tensorflow/tfjs#5941).`,
    hint: `They are logged under the right ones${lost}; History and other callbacks still show the wrong ones.`,
  }
}
