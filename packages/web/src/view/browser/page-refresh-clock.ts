import { createRefreshClock, type RefreshClock } from '../chart/refresh-clock.ts'

/** Four beats a second for what is looked at, one in a window in the background, and none while nothing of the page is seen. */
export function createPageRefreshClock(): RefreshClock {
  return createRefreshClock({
    intervalMs: () => (document.hasFocus() ? 250 : 1000),
    // A hidden page has no frames.
    nextFrame: (task) => requestAnimationFrame(task),
    afterPaint,
    now: () => performance.now(),
  })
}

/** Messages come after the frame that they are sent in, and without the delays of timers. */
function afterPaint(task: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    task()
  }
  port2.postMessage(undefined)
}
