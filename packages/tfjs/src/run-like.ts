import type { Artifact, ArtifactVersion, Graph, Histogram, Image, LogArtifactOptions, Table } from '@lossline/core'

/** What a row of this package may hold. */
export type LoggedValue = number | Graph | Histogram | Image | Table

/** What a callback needs of a run. The runs of `@lossline/core` have it. */
export interface RunLike {
  log(metrics: Readonly<Record<string, LoggedValue>>): void
  defineMetric(name: string, options?: { readonly stepMetric?: string }): void
  readonly config: {
    update(changes: Readonly<Record<string, unknown>>, options?: { readonly allowValChange?: boolean }): void
  }
  /** Where what is told once is set: the graph of the model, the best value. */
  readonly summary?: { update(values: Readonly<Record<string, unknown>>): void }
  /** For checkpoints: part of their name. */
  readonly id?: string
  /** For checkpoints. */
  logArtifact?(artifact: Artifact, options?: LogArtifactOptions): ArtifactVersion
  /** For errors of the training. */
  alert?(options: { readonly title: string; readonly text?: string; readonly level?: 'info' | 'warn' | 'error' }): void
}
