import { type ConfigItem, type JsonValue, metricNotesPath, stringifyJson } from '@lossline/protocol'
import type { EarlierRun } from './earlier-run.ts'
import type { RunOrigin } from './run-origin.ts'

/** What the run record says of where a run comes from. */
export interface OriginFacts {
  readonly isResumed: boolean
  /** First step that this process logs. */
  readonly startingStep: number
  /** Seconds that earlier processes took. */
  readonly earlierRuntimeSeconds: number
  readonly branch: { readonly runId: string; readonly step: number } | undefined
  readonly isForked: boolean
}

export function toOriginFacts(origin: RunOrigin): OriginFacts {
  switch (origin.kind) {
    case 'new':
      return { isResumed: false, startingStep: 0, earlierRuntimeSeconds: 0, branch: undefined, isForked: false }
    case 'forked':
      return {
        isResumed: false,
        startingStep: origin.branch.step + 1,
        earlierRuntimeSeconds: 0,
        branch: origin.branch,
        isForked: true,
      }
    case 'resumed':
      return {
        isResumed: true,
        startingStep: (origin.earlier.lastStep ?? -1) + 1,
        earlierRuntimeSeconds: origin.earlier.runtimeSeconds,
        branch: undefined,
        isForked: false,
      }
    case 'rewound':
      return {
        isResumed: true,
        startingStep: origin.branch.step + 1,
        earlierRuntimeSeconds: origin.earlier.runtimeSeconds,
        branch: origin.branch,
        isForked: false,
      }
  }
}

/** The run that goes on; a new one and a fork have none. */
export function earlierOf(origin: RunOrigin): EarlierRun | undefined {
  return origin.kind === 'resumed' || origin.kind === 'rewound' ? origin.earlier : undefined
}

/** What goes below `_wandb` of the config from the start. */
export function toOriginItems(origin: RunOrigin): ConfigItem[] {
  const itemAt = (nestedKey: readonly string[], value: JsonValue): ConfigItem => ({
    key: '',
    nestedKey: [...nestedKey],
    valueJson: stringifyJson(value),
  })
  const item = (key: string, value: JsonValue): ConfigItem => itemAt(['_wandb', key], value)
  const earlier = earlierOf(origin)
  const notes = [...(earlier?.metricNotes ?? [])].flatMap(([name, note]) =>
    Object.entries(note).map(([field, text]) => itemAt([...metricNotesPath, name, field], text)),
  )
  const kept = [...Object.entries(earlier?.configInternals ?? {}).map(([key, value]) => item(key, value)), ...notes]
  if (origin.kind !== 'forked' && origin.kind !== 'rewound') return kept
  const { runId, step } = origin.branch
  return [...kept, item('branch_point', { run_id: runId, step })]
}
