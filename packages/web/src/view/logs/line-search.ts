import type { LogLine, LogSearchResponse } from '@lossline/protocol'
import { createValueStore, type ValueStore } from '../address/value-store.ts'

/** What a search has found so far. */
export interface LineSearchState {
  readonly lines: readonly LogLine[]
  /** Lines that were looked at, from the first on. */
  readonly searchedCount: number
  /** `full`: it stopped because it has found as much as it may; there is more to look at. */
  readonly phase: 'searching' | 'done' | 'full' | 'failed'
  /** Why it failed. */
  readonly problem: Error | undefined
}

/** Lines that are found part by part, from the first on, while a run goes on writing. */
export interface LineSearch {
  readonly state: Pick<ValueStore<LineSearchState>, 'get' | 'subscribe'>
  /** Looks on, where a run has so many lines now. After a failure: tries again. */
  goOn(lineCount: number): void
  /** Lets it find as many again. */
  findMore(): void
  close(): void
}

/** Asks for lines from a number on, at most `limit`. */
export type FetchLines = (
  part: { readonly from: number; readonly limit: number },
  signal: AbortSignal,
) => Promise<LogSearchResponse>

/** Lines asked for at a time. */
const partCount = 1000

/** @param foundMax - It pauses after so many lines, until somebody wants more. */
export function createLineSearch(fetchLines: FetchLines, foundMax: number): LineSearch {
  const state = createValueStore<LineSearchState>({
    lines: [],
    searchedCount: 0,
    phase: 'searching',
    problem: undefined,
  })
  const closing = new AbortController()
  let wanted = foundMax
  let lineCount = 0
  let isRunning = false
  const change = (patch: Partial<LineSearchState>): void => state.set({ ...state.get(), ...patch })
  const isFull = (): boolean => state.get().lines.length >= wanted

  async function run(): Promise<void> {
    if (isRunning || closing.signal.aborted) return
    isRunning = true
    try {
      while (state.get().searchedCount < lineCount && !isFull()) {
        const { lines, searchedCount } = state.get()
        const part = await fetchLines(
          { from: searchedCount, limit: Math.min(partCount, wanted - lines.length) },
          closing.signal,
        )
        // A run that went back to an earlier step has fewer lines than before.
        lineCount = part.nextFrom === null ? part.lineCount : Math.max(lineCount, part.lineCount)
        change({
          lines: part.lines.length === 0 ? lines : [...lines, ...part.lines],
          searchedCount: part.nextFrom ?? part.lineCount,
          phase: 'searching',
          problem: undefined,
        })
      }
      change({ phase: state.get().searchedCount < lineCount ? 'full' : 'done' })
    } catch (error) {
      if (!closing.signal.aborted) change({ phase: 'failed', problem: error as Error })
    } finally {
      isRunning = false
    }
  }
  return {
    state,
    goOn(count) {
      lineCount = Math.max(lineCount, count)
      void run()
    },
    findMore() {
      wanted += foundMax
      void run()
    },
    close: () => closing.abort(),
  }
}
