import type { ReportProblem } from '../problems.ts'
import type { TensorLike, TrainingLogs } from '../tensorflow-like.ts'

// `fit` puts these between a batch's metrics; W&B's Keras callback does not log them either.
const batchCounters: readonly string[] = ['batch', 'size']

/**
 * Numbers of the logs of one batch or epoch. Tensors are read, not disposed of: they belong to `fit`, which still needs
 * them for its `History`.
 */
export async function readLogs(logs: TrainingLogs, report: ReportProblem): Promise<Record<string, number>> {
  const numbers: Record<string, number> = {}
  const names = Object.keys(logs).filter((name) => !batchCounters.includes(name))
  // All reads start before the first is awaited, so a GPU is waited for once.
  const values = await Promise.all(names.map((name) => readValue(logs[name])))
  for (const [index, name] of names.entries()) {
    const value = values[index]
    if (value === undefined) report(unreadable(name))
    else numbers[name] = value
  }
  return numbers
}

async function readValue(value: unknown): Promise<number | undefined> {
  if (typeof value === 'number') return value
  if (!isTensorLike(value)) return undefined
  try {
    const numbers = await value.data()
    return numbers.length === 1 ? numbers[0] : undefined
  } catch {
    // For one that has been disposed of.
    return undefined
  }
}

function isTensorLike(value: unknown): value is TensorLike {
  return typeof value === 'object' && value !== null && 'data' in value && typeof value.data === 'function'
}

function unreadable(name: string) {
  return {
    code: 'tfjs-unreadable-value' as const,
    message: `The value "${name}" of the training logs is neither a number nor a scalar tensor and is not logged.`,
    hint: 'Another callback may have changed or disposed of it.',
  }
}
