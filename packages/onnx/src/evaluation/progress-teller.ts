import type { EvaluationProgress } from './evaluate-options.ts'

const tellEveryMs = 100

/** Settings of {@link createProgressTeller}. */
export interface ProgressTellerOptions {
  readonly data: object
  readonly limit: number | undefined
  readonly onProgress: ((progress: EvaluationProgress) => void) | undefined
}

/** Tells how far an evaluation is, not more often than somebody can read it. */
export interface ProgressTeller {
  tell(rowCount: number): void
  /** The last time, whenever the one before was. */
  end(rowCount: number): void
}

export function createProgressTeller({ data, limit, onProgress }: ProgressTellerOptions): ProgressTeller {
  const startedAtMs = performance.now()
  const countOfData = countOf(data)
  const totalCount = countOfData === undefined ? limit : Math.min(countOfData, limit ?? countOfData)
  let nextMs = startedAtMs + tellEveryMs
  const tell = (rowCount: number): void => {
    const elapsedMs = performance.now() - startedAtMs
    onProgress?.({ rowCount, totalCount, elapsedMs })
  }
  return {
    tell(rowCount) {
      const nowMs = performance.now()
      if (onProgress === undefined || nowMs < nextMs) return
      nextMs = nowMs + tellEveryMs
      tell(rowCount)
    },
    end: tell,
  }
}

function countOf(data: object): number | undefined {
  if ('length' in data && typeof data.length === 'number') return data.length
  if ('size' in data && typeof data.size === 'number') return data.size
  return undefined
}
