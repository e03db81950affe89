import type { StrictJson } from '@lossline/protocol'
import { type RunColoring, toScale, toValueColoring } from '../runs/run-coloring.ts'
import type { ToastStore } from '../shell/toast-store.ts'
import { formatCount, formatNumber } from '../text/format.ts'
import { recolor } from './run-colors.ts'
import type { WorkspaceStore } from './workspace-store.ts'

/** How runs of a workspace get other colours. */
export interface ColoringActions {
  /** Gives the runs that are drawn the looks that differ most, for this view alone. */
  separate(): void
  /** Colours the chosen set by a key: numbers along a scale, other values one by one. */
  byKey(key: string, bucketCount: number): Promise<void>
  /** One look for runs with the same values. */
  byGroups(keys: readonly string[]): Promise<void>
  /** To each run its own. */
  reset(): void
}

/** Values of the newest runs of a set, and how many runs it has in all. */
export interface SampledValues {
  readonly values: readonly (readonly StrictJson[])[]
  readonly total: number
}

/**
 * Changes the colours of runs; what fails, or cannot be done, is told in a message. Of choices that have to wait for values, only
 * the newest one counts.
 *
 * @param options.setId - The set that is chosen.
 * @param options.valuesOf - Asks for the values that runs of it have of some keys.
 */
export function createColoringActions(options: {
  readonly store: Pick<WorkspaceStore, 'edit'>
  readonly toasts: Pick<ToastStore, 'show' | 'showProblem'>
  readonly setId: string
  readonly drawnRunIds: readonly string[]
  readonly valuesOf: (keys: readonly string[]) => Promise<SampledValues>
}): ColoringActions {
  const { store, toasts, setId, drawnRunIds, valuesOf } = options
  const choose = (): (() => boolean) => {
    const choice = (choiceCounts.get(store) ?? 0) + 1
    choiceCounts.set(store, choice)
    return () => choiceCounts.get(store) === choice
  }
  /** @param toColoring - Undefined: there is nothing to colour by. */
  const colorBy = async (
    keys: readonly string[],
    toColoring: (values: SampledValues['values']) => RunColoring | undefined,
  ): Promise<void> => {
    const isNewest = choose()
    try {
      const { values, total } = await valuesOf(keys)
      if (!isNewest()) return
      const coloring = toColoring(values)
      const sample = `the newest ${formatNumber(values.length)} of ${formatCount(total, 'run')}`
      const isSample = total > values.length
      if (coloring === undefined) {
        toasts.showProblem(
          `No value of ${keys.join(', ')} in ${isSample ? sample : 'these runs'}. Colours are as before.`,
        )
        return
      }
      store.edit('Colours of runs', (workspace) => recolor(workspace, { setId, coloring }))
      if (isSample) toasts.show(`Colours are made from ${sample}`)
    } catch (error) {
      if (isNewest()) toasts.showProblem(error)
    }
  }
  return {
    separate() {
      choose()
      store.edit('Separate visible runs', (workspace) => recolor(workspace, { separated: drawnRunIds }))
    },
    byKey: (key, bucketCount) =>
      colorBy([key], (values) => {
        const present = values.filter(([value]) => value !== null)
        if (present.length === 0) return undefined
        const numbers = present.flatMap(([value]) => (typeof value === 'number' ? [value] : []))
        const isOfNumbers = numbers.length > present.length / 2
        return (isOfNumbers ? toScale(key, numbers, bucketCount) : undefined) ?? toValueColoring([key], present)
      }),
    byGroups: (keys) => colorBy(keys, (values) => (values.length === 0 ? undefined : toValueColoring(keys, values))),
    reset() {
      choose()
      store.edit('Reset colours', (workspace) => recolor(workspace, {}))
    },
  }
}

/** How many choices of colours were made in a workspace: a button and a key have actions of their own. */
const choiceCounts = new WeakMap<object, number>()
