import type { Trial } from './assignment.ts'

/** Watches for the wish that a run ends, in the run's folder and from the agent that called its function. */
export function watchStop(
  watchRun: (onWanted: () => void) => { look(): void; close(): void },
  trial: Trial | undefined,
  onWanted: () => void,
): { look(): void; close(): void } {
  if (trial === undefined) return watchRun(onWanted)
  const wanted = (): void => {
    trial.onStop()
    onWanted()
  }
  const inFolder = watchRun(wanted)
  const { signal } = trial
  // It may have come while the run was being started.
  if (signal.aborted) queueMicrotask(wanted)
  signal.addEventListener('abort', wanted, { once: true })
  return {
    look() {
      if (signal.aborted) wanted()
      else inFolder.look()
    },
    close() {
      signal.removeEventListener('abort', wanted)
      inFolder.close()
    },
  }
}
