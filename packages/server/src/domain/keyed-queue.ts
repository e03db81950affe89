/** Runs tasks of one key one after the other, tasks of different keys side by side. */
export interface KeyedQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
}

/** Key of the turns in which garbage is collected and backups are made: nothing is collected under a backup. */
export const maintenanceTurn = 'maintenance'

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, task) {
      const previous = tails.get(key)
      const result = previous === undefined ? task() : previous.then(task, task)
      tails.set(key, result)
      const forget = (): void => {
        if (tails.get(key) === result) tails.delete(key)
      }
      result.then(forget, forget)
      return result
    },
  }
}
