/** Whether the page is being printed, or made ready for it. */
export interface PrintStore {
  get(): boolean
  subscribe(listener: () => void): () => void
  /** Shows everything, waits until it is there, then opens the browser's dialog. */
  print(): Promise<void>
}

/** So long a page that goes on loading is waited for before it is printed as it is. */
const waitMsMax = 10_000
const lookIntervalMs = 100

/** Wider pages than this, in CSS pixels, browsers do not fit on paper by themselves. */
const widthMax = 1400

/** Lays the page out on paper as wide as it is on the screen: charts are drawn for that width. The browser makes it smaller. */
function keepWidth(): void {
  const width = document.querySelector('main')?.clientWidth
  if (width === undefined) return
  const { style } = document.documentElement
  style.setProperty('--print-width', `${width}px`)
  style.setProperty('--print-zoom', String(Math.min(1, widthMax / width)))
}

/** @param isReady - Whether nothing on the page is a placeholder any more. */
export function createPrintStore(isReady: () => boolean): PrintStore {
  const listeners = new Set<() => void>()
  const media = matchMedia('print')
  let isPrinting = media.matches
  const set = (next: boolean): void => {
    if (next === isPrinting) return
    isPrinting = next
    if (next) keepWidth()
    for (const listener of listeners) listener()
  }
  media.addEventListener('change', ({ matches }) => set(matches))
  addEventListener('beforeprint', () => set(true))
  addEventListener('afterprint', () => set(false))
  return {
    get: () => isPrinting,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async print() {
      set(true)
      const endMs = Date.now() + waitMsMax
      do await new Promise((resolve) => setTimeout(resolve, lookIntervalMs))
      while (!isReady() && Date.now() < endMs)
      print()
      // Browsers without the event have printed when the call returns.
      set(false)
    },
  }
}
