import type { Page } from './open-visit.ts'

/** Looks at the page, in the page; the second argument is what was given to {@link timeUntil}. */
export type Condition<Given> = (given: Given) => boolean

/** Every chart on screen is drawn, and there is one. */
export const areChartsDrawn: Condition<undefined> = () => {
  const onScreen = [...document.querySelectorAll('main [role="group"]')].filter((panel) => {
    const { top, bottom } = panel.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  })
  return onScreen.length > 0 && onScreen.every((panel) => panel.querySelector('.plot-area') !== null)
}

/** Rows of the runs table are on screen, and none of them is still to come. */
export const areRowsThere: Condition<undefined> = () =>
  document.querySelector('[role="grid"] [role="rowheader"]') !== null &&
  document.querySelector('[role="grid"] .skeleton') === null

/** Waits until a condition holds. @throws Error after 30 s. */
export async function untilHolds(page: Page, condition: Condition<undefined>): Promise<void> {
  const endMs = performance.now() + 30_000
  while (!(await page.evaluate(`(${condition})()`))) {
    if (performance.now() > endMs) throw new Error(`Never came: ${condition}`)
    await page.waitForTimeout(50)
  }
}

/** The event that a wait begins with. */
export type Trigger = 'click' | 'pointerup' | 'keydown'

/**
 * Milliseconds from an event of the user to the frame that shows the first time that each condition holds.
 *
 * @param act - Makes the event, once.
 * @throws Error when a condition does not hold within 30 s.
 */
export async function timeUntil<Given>(
  page: Page,
  trigger: Trigger,
  act: () => Promise<unknown>,
  given: Given,
  ...conditions: readonly Condition<Given>[]
): Promise<readonly number[]> {
  // The policy of the page forbids `eval`: everything is one expression, which the debugger evaluates.
  const sources = conditions.map(String).join(', ')
  await page.evaluate(
    `void (window.timed = (${watch})('${trigger}', ${JSON.stringify(given) ?? 'undefined'}, [${sources}]))`,
  )
  await act()
  return (await page.evaluate('window.timed')) as readonly number[]
}

/** Runs in the page. */
function watch(trigger: string, given: unknown, conditions: readonly Condition<unknown>[]): Promise<readonly number[]> {
  let startMs: number | undefined
  addEventListener(
    trigger,
    (event) => {
      startMs = event.timeStamp
    },
    { capture: true, once: true },
  )
  const shownMs: number[] = conditions.map(() => Number.NaN)
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`Never came: ${conditions.filter((_, i) => !(shownMs[i]! > 0))}`)), 30_000)
    const look = (): void => {
      if (startMs !== undefined) {
        for (const [i, condition] of conditions.entries()) {
          if (!Number.isNaN(shownMs[i]) || !condition(given)) continue
          shownMs[i] = 0
          const beganMs = startMs
          // The frame that was begun now is on screen when the task after it runs.
          requestAnimationFrame(() =>
            setTimeout(() => {
              shownMs[i] = performance.now() - beganMs
              if (shownMs.every((ms) => ms > 0)) resolve(shownMs)
            }),
          )
        }
      }
      if (shownMs.some(Number.isNaN)) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** Milliseconds from frame to frame while something goes on. */
export async function recordFrames(page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  await page.evaluate(`void (${record})()`)
  await act()
  return (await page.evaluate('window.stopFrames()')) as readonly number[]
}

function record(): void {
  const gaps: number[] = []
  let lastMs: number | undefined
  let isOn = true
  const note = (nowMs: number): void => {
    if (lastMs !== undefined) gaps.push(nowMs - lastMs)
    lastMs = nowMs
    if (isOn) requestAnimationFrame(note)
  }
  requestAnimationFrame(note)
  Object.assign(window, {
    stopFrames: () => {
      isOn = false
      return gaps
    },
  })
}
