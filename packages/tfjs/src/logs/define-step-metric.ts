import type { RunLike } from '../run-like.ts'

/** Says that the x axis of all keys of a section is its counter: `epoch/*` over `epoch/epoch`. */
export function defineStepMetric(run: RunLike, section: string, counter: string): void {
  const stepMetric = `${section}/${counter}`
  run.defineMetric(stepMetric)
  run.defineMetric(`${section}/*`, { stepMetric })
}
