/** Refreshes all charts of a page together: what they ask for goes out at one beat, and what comes is drawn in one frame. */
export interface RefreshClock {
  /** Runs a task at the next beat: in the next frame after a rest, else when the interval since the last one is over. The result takes it back. */
  onBeat(task: () => void): () => void
  /** Runs a task in the next frame, together with all others that wait for it. */
  inFrame(task: () => void): void
}

/** What a clock needs of the page. */
export interface CreateRefreshClockOptions {
  /** Least time between two beats: 250 ms in view, more in the background. */
  readonly intervalMs: () => number
  readonly nextFrame: (task: () => void) => void
  /** Runs a task when what a frame has changed is painted. */
  readonly afterPaint: (task: () => void) => void
  readonly now: () => number
}

/**
 * Refreshes may take a sixteenth of the time: on a slow machine, or with many charts, they come more seldom. What else goes on while
 * runs log (events, answers, lists) takes as much as half of that, and all of it may be a tenth.
 */
const restFactor = 16
/** But as often as this: what a single frame took may have been something else. */
const intervalMsMax = 1000

/** A clock that has not beaten yet. */
export function createRefreshClock(options: CreateRefreshClockOptions): RefreshClock {
  const { intervalMs, nextFrame, afterPaint, now } = options
  const waiting = new Set<() => void>()
  let finishing: (() => void)[] = []
  let isScheduled = false
  let lastBeatMs = Number.NEGATIVE_INFINITY
  let lastCostMs = 0

  function beat(): void {
    isScheduled = false
    lastBeatMs = now()
    const tasks = [...waiting]
    waiting.clear()
    for (const task of tasks) task()
  }
  function frame(): void {
    const startMs = now()
    const tasks = finishing
    finishing = []
    for (const task of tasks) task()
    afterPaint(() => {
      lastCostMs = now() - startMs
    })
  }
  return {
    onBeat(task) {
      waiting.add(task)
      const restMs = Math.max(intervalMs(), Math.min(intervalMsMax, lastCostMs * restFactor))
      if (!isScheduled) setTimeout(() => nextFrame(beat), Math.max(0, lastBeatMs + restMs - now()))
      isScheduled = true
      return () => waiting.delete(task)
    },
    inFrame(task) {
      finishing.push(task)
      if (finishing.length === 1) nextFrame(frame)
    },
  }
}
