/** Spreads tasks over frames: so many of a kind that all at once would make a frame late. */
export interface FrameShare {
  /** Runs a task in the next frame that has room for it; the result takes it back. */
  add(task: () => void): () => void
}

/** @param countMax - Tasks that one frame has room for. */
export function createFrameShare(countMax: number, nextFrame: (task: () => void) => void): FrameShare {
  const waiting = new Set<() => void>()
  let isScheduled = false

  function frame(): void {
    isScheduled = false
    const tasks = [...waiting].slice(0, countMax)
    for (const task of tasks) waiting.delete(task)
    for (const task of tasks) task()
    if (waiting.size > 0) schedule()
  }
  function schedule(): void {
    if (!isScheduled) nextFrame(frame)
    isScheduled = true
  }
  return {
    add(task) {
      // A function of its own, so that the same task may wait twice.
      const added = (): void => task()
      waiting.add(added)
      schedule()
      return () => waiting.delete(added)
    },
  }
}
