/** Calls `task` at most once in `intervalMs`: at once when quiet, and once more at the end of the interval if asked meanwhile. */
export function createThrottle(task: () => void, intervalMs: number): { request(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsked = false
  const run = (): void => {
    isAsked = false
    timer = setTimeout(() => {
      timer = undefined
      if (isAsked) run()
    }, intervalMs)
    task()
  }
  return {
    request() {
      if (timer === undefined) run()
      else isAsked = true
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
      isAsked = false
    },
  }
}
