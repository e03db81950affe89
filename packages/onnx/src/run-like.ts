import type { Run } from '@lossline/core'

/** What this package needs of a run. The runs of `@lossline/core` have it. */
export interface RunLike {
  log(metrics: Readonly<Record<string, unknown>>): void
  defineMetric(name: string, options?: { readonly stepMetric?: string; readonly hidden?: boolean }): void
  readonly config: {
    update(changes: Readonly<Record<string, unknown>>, options?: { readonly allowValChange?: boolean }): void
  }
  readonly summary: { update(values: Readonly<Record<string, unknown>>): void }
  readonly isFinished: boolean
}

/** A run that takes files too: models and profiles. */
export interface FileRun extends RunLike, Pick<Run, 'id' | 'logArtifact' | 'useArtifact'> {}
