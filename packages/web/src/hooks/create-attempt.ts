import type { Services } from '../services.ts'

/**
 * Lets changes say in a message what went wrong instead of throwing it.
 *
 * @param refresh - Asks anew for what shows the things that are changed; also after a failure, which may have done half. Default: nothing.
 * @returns what runs a change, and whether it was made.
 */
export function createAttempt(
  toasts: Services['toasts'],
  refresh: () => Promise<unknown> = async () => {},
): (task: () => Promise<unknown>) => Promise<boolean> {
  return async (task) => {
    try {
      await task()
      return true
    } catch (error) {
      toasts.showProblem(error)
      return false
    } finally {
      await refresh()
    }
  }
}
