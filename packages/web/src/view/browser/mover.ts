/** Puts an element where it is wanted, in CSS pixels to the right of and below where it stands by its styles. */
export interface Mover {
  place(left: number, top: number): void
  /** The element is moved by nobody any more. */
  release(): void
}

/** As far as an element may be moved in each direction; more than any screen. */
const reachPx = 32_768

/**
 * Moves an element by two animations that stand still, a millisecond a pixel. Chromium takes an animation as a promise that nothing
 * else of the page depends on where the element is; another transform has it put all layers of the page together anew, which takes
 * 3 to 7 ms on a page of twelve charts and is needed in each frame.
 */
export function createMover(element: HTMLElement): Mover {
  const across = standing(element, [{ translate: `${-reachPx}px 0px` }, { translate: `${reachPx}px 0px` }])
  const down = standing(element, [
    { transform: `translateY(${-reachPx}px)` },
    { transform: `translateY(${reachPx}px)` },
  ])
  return {
    place(left, top) {
      moveTo(across, left)
      moveTo(down, top)
    },
    release() {
      across.cancel()
      down.cancel()
    },
  }
}

function standing(element: HTMLElement, keyframes: Keyframe[]): Animation {
  const animation = element.animate(keyframes, { duration: 2 * reachPx, fill: 'both' })
  animation.pause()
  return animation
}

function moveTo(animation: Animation, place: number): void {
  const timeMs = Math.max(0, Math.min(2 * reachPx, place + reachPx))
  if (animation.currentTime !== timeMs) animation.currentTime = timeMs
}
