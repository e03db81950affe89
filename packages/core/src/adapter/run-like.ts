/** What adapters need of a run, so that they take one of any copy of this package. {@link Run} has it. */
export interface RunLike {
  log(metrics: Readonly<Record<string, unknown>>): void
  defineMetric(name: string, options?: { readonly stepMetric?: string; readonly hidden?: boolean }): void
  readonly config: {
    update(changes: Readonly<Record<string, unknown>>, options?: { readonly allowValChange?: boolean }): void
  }
  readonly summary: { update(values: Readonly<Record<string, unknown>>): void }
  readonly isFinished: boolean
}
