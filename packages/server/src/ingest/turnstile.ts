/** Lets at most so many tasks run at a time; the others wait in line. */
export interface Turnstile {
  pass<T>(task: () => Promise<T>): Promise<T>
}

export function createTurnstile(count: number): Turnstile {
  const waiting: (() => void)[] = []
  let free = count
  return {
    async pass(task) {
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
    },
  }
}
