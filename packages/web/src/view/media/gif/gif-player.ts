import { createGifPainter } from './gif-painter.ts'
import type { Gif } from './parse-gif.ts'

/** What a film can be asked and told; a `<video>` is one. */
export interface Playable extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  /** Seconds. */
  currentTime: number
  readonly duration: number
  readonly paused: boolean
  play(): Promise<void>
  pause(): void
}

/** A film of a GIF's frames. Like a `<video>` it tells of `play`, `pause` and `timeupdate`. It repeats, and never starts by itself. */
export interface GifPlayer extends Playable {
  /** Where the frame before or after the shown one begins, in seconds; the same one at the ends. */
  timeBeside(by: 1 | -1): number
}

/** How a player waits: calls back after so many milliseconds, until it is called off. */
export type Wait = (callback: () => void, milliseconds: number) => () => void

const waitByTimer: Wait = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Plays a GIF.
 *
 * @param onFrame - Gets the first frame at once, and each that is shown after it: RGBA, valid until the next one.
 */
export function createGifPlayer(
  gif: Gif,
  onFrame: (pixels: Uint8ClampedArray<ArrayBuffer>, index: number) => void,
  wait: Wait = waitByTimer,
): GifPlayer {
  const events = new EventTarget()
  const painter = createGifPainter(gif)
  const { frames } = gif
  const last = frames.length - 1
  let index = 0
  let stop: (() => void) | undefined
  const startOf = (at: number): number => frames[at]?.startSeconds ?? 0
  const show = (at: number): void => {
    index = at
    onFrame(painter.paint(at), at)
    events.dispatchEvent(new Event('timeupdate'))
  }
  const goOn = (): void => {
    stop = wait(
      () => {
        show(index === last ? 0 : index + 1)
        goOn()
      },
      (frames[index]?.delaySeconds ?? 0) * 1000,
    )
  }
  show(0)
  return {
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    duration: gif.durationSeconds,
    get paused() {
      return stop === undefined
    },
    get currentTime() {
      return startOf(index)
    },
    set currentTime(seconds) {
      // Times come back from a slider a little off.
      const at = frames.findLastIndex(({ startSeconds }) => startSeconds <= seconds + 1e-6)
      if (Math.max(0, at) !== index) show(Math.max(0, at))
      if (stop === undefined) return
      stop()
      goOn()
    },
    timeBeside: (by) => startOf(Math.min(last, Math.max(0, index + by))),
    async play() {
      if (stop !== undefined || last === 0) return
      goOn()
      events.dispatchEvent(new Event('play'))
    },
    pause() {
      if (stop === undefined) return
      stop()
      stop = undefined
      events.dispatchEvent(new Event('pause'))
    },
  }
}
