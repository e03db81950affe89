import type { Clock } from './clock.ts'

/** What work gives, or undefined if that takes longer; the work goes on. Rejects as the work does. */
export async function orWhenLate<T>(clock: Clock, work: Promise<T>, waitMs: number): Promise<T | undefined> {
  let timer: unknown
  const late = new Promise<undefined>((resolve) => {
    timer = clock.setTimeout(() => resolve(undefined), waitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clock.clearTimeout(timer)
  }
}
