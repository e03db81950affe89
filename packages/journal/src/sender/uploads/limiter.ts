/** Runs a task when its turn comes. */
export type Limiter = <Result>(task: () => Promise<Result>) => Promise<Result>

/** Lets at most so many tasks run at a time; the others wait in line. */
export function createLimiter(count: number): Limiter {
  const waiting: (() => void)[] = []
  let free = count
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await task()
    } finally {
      // The place goes straight to the next in line.
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
