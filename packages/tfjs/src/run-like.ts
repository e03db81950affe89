/** What a callback needs of a run. The runs of `@lossline/core` have it. */
export interface RunLike {
  log(metrics: Readonly<Record<string, number>>): void
  defineMetric(name: string, options?: { readonly stepMetric?: string }): void
  readonly config: {
    update(changes: Readonly<Record<string, unknown>>, options?: { readonly allowValChange?: boolean }): void
  }
}
