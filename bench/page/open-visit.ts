import type { launchChromium } from '@lossline/testing'

/** A browser; the types come from the helper, so that nothing here depends on Playwright itself. */
export type Browser = NonNullable<Awaited<ReturnType<typeof launchChromium>>>
export type Page = Awaited<ReturnType<Browser['newPage']>>
type DevTools = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>

/** One page of a fresh profile, and a look behind it. */
export interface Visit {
  readonly page: Page
  readonly devTools: DevTools
  /** Durations of interactions as INP counts them, in ms; those below 16 ms as 0. */
  interactions(): Promise<readonly number[]>
  /** Seconds of the processor that the page's thread has used so far. */
  busySeconds(): Promise<number>
  /** Megabytes of the JavaScript heap and of its arrays of numbers, after a collection. */
  heapMegabytes(): Promise<number>
}

export interface VisitSize {
  readonly width?: number
  readonly height?: number
}

/** Gives a page to work with and closes it afterwards. It is blank: `visit.page.goto` opens something. */
export async function withVisit<Result>(
  browser: Browser,
  { width = 1440, height = 900 }: VisitSize,
  work: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await context.addInitScript(`(${observeInteractions})()`)
  try {
    const page = await context.newPage()
    const devTools = await context.newCDPSession(page)
    // Time of the processor, not of the clock: what else the machine does is no work of the page.
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
    return await work({
      page,
      devTools,
      interactions: () => page.evaluate(readInteractions),
      async busySeconds() {
        const { metrics } = await devTools.send('Performance.getMetrics')
        return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
      },
      async heapMegabytes() {
        await devTools.send('HeapProfiler.collectGarbage')
        const { usedSize, backingStorageSize } = await devTools.send('Runtime.getHeapUsage')
        return (usedSize + backingStorageSize) / 1e6
      },
    })
  } finally {
    await context.close()
  }
}

interface ObservingWindow extends Window {
  interactionMs?: Map<number, number>
}

function observeInteractions(): void {
  const found = new Map<number, number>()
  ;(window as ObservingWindow).interactionMs = found
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId === 0) continue
      found.set(entry.interactionId, Math.max(found.get(entry.interactionId) ?? 0, entry.duration))
    }
  })
  // What takes less than 16 ms is not told.
  observer.observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}

function readInteractions(): number[] {
  const slow = [...((window as ObservingWindow).interactionMs?.values() ?? [])]
  const { interactionCount = slow.length } = performance as Performance & { readonly interactionCount?: number }
  return [...slow, ...Array.from({ length: Math.max(0, interactionCount - slow.length) }, () => 0)]
}
