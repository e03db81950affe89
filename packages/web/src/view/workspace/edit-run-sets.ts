import { onlyThese, parseRunSelection, showRuns, stringifyRunSelection } from '../runs/run-selection.ts'
import { isObject } from './json.ts'
import type { RunIdIn } from './run-set-project.ts'
import { createRunSet, type WorkspaceRunSet } from './workspace.ts'

/** The sets of runs of a view, and the one that is looked at from then on; undefined: the one that was. */
export interface RunSetsEdit {
  readonly runSets: readonly WorkspaceRunSet[]
  readonly chosen?: string
}

type RunSets = readonly WorkspaceRunSet[]

/**
 * Adds a set of all runs of a project at the end.
 *
 * @param project - Default: that of the view.
 */
export function addRunSet(runSets: RunSets, id: string, project?: WorkspaceRunSet['project']): RunSetsEdit {
  const name = freeName(runSets, project?.project ?? `Run set ${runSets.length + 1}`)
  return { runSets: [...runSets, createRunSet(id, name, { project })], chosen: id }
}

/** Puts a copy of a set behind it. */
export function duplicateRunSet(runSets: RunSets, of: string, id: string): RunSetsEdit {
  const index = runSets.findIndex((set) => set.id === of)
  const original = runSets[index]
  if (original === undefined) return { runSets }
  const { source } = original
  const copy = {
    ...original,
    id,
    name: freeName(runSets, `${original.name} copy`),
    source: isObject(source) ? { ...source, id } : undefined,
  }
  return { runSets: runSets.toSpliced(index + 1, 0, copy), chosen: id }
}

/** Changes the name of a set, or whether its runs are drawn. */
export function changeRunSet(
  runSets: RunSets,
  id: string,
  changes: Partial<Pick<WorkspaceRunSet, 'name' | 'isEnabled'>>,
): RunSetsEdit {
  return { runSets: runSets.map((set) => (set.id === id ? { ...set, ...changes } : set)) }
}

/** Moves a set up (-1) or down (1). */
export function moveRunSet(runSets: RunSets, id: string, by: 1 | -1): RunSetsEdit {
  const from = runSets.findIndex((set) => set.id === id)
  const set = runSets[from]
  if (set === undefined || runSets[from + by] === undefined) return { runSets }
  return { runSets: runSets.toSpliced(from, 1).toSpliced(from + by, 0, set) }
}

/** Takes a set away; the last one stays. Where it was looked at, the one that takes its place is. */
export function removeRunSet(runSets: RunSets, id: string): RunSetsEdit {
  const index = runSets.findIndex((set) => set.id === id)
  if (index < 0 || runSets.length === 1) return { runSets }
  return { runSets: runSets.toSpliced(index, 1) }
}

/**
 * Puts a set that was taken away back where it was, whatever was done meanwhile.
 *
 * @param index - Its place among the others before.
 */
export function putBackRunSet(runSets: RunSets, removed: WorkspaceRunSet, index: number): RunSetsEdit {
  if (runSets.some(({ id }) => id === removed.id)) return { runSets }
  return { runSets: runSets.toSpliced(index, 0, { ...removed, name: freeName(runSets, removed.name) }) }
}

/** Which runs of each set are drawn, in the words of an address; undefined: the first ones. */
export type RunSelections = ReadonlyMap<string, string | undefined>

/** What eyes say in each set. */
export function runSelections(runSets: RunSets): RunSelections {
  return new Map(runSets.map(({ id, params }) => [id, params.r]))
}

/** Where runs are, by their keys. */
export interface RunsInSets {
  /** The set of each run that is drawn. */
  readonly drawnIn: ReadonlyMap<string, string>
  readonly idIn: RunIdIn
}

/** What eyes say where some of the runs that are drawn are drawn alone. */
export function onlyRuns(runSets: RunSets, keys: readonly string[], { drawnIn, idIn }: RunsInSets): RunSelections {
  return new Map(
    runSets.map((set) => {
      const shown = keys.flatMap((key) => (drawnIn.get(key) === set.id ? (idIn(set, key) ?? []) : []))
      return [set.id, stringifyRunSelection(onlyThese(shown))]
    }),
  )
}

/**
 * What eyes say where some runs are drawn, or are not any more.
 *
 * @param options.otherwise - The set of those that are not drawn, and that no set hides by name, if it is of their project.
 */
export function shownRuns(
  runSets: RunSets,
  keys: readonly string[],
  options: RunsInSets & { readonly isShown: boolean; readonly otherwise: string },
): RunSelections {
  const { isShown, drawnIn, idIn, otherwise } = options
  const selections = new Map(runSets.map(({ id, params }) => [id, parseRunSelection(params.r)]))
  for (const key of keys) {
    const having = runSets.flatMap((set) => {
      const [runId, selection] = [idIn(set, key), selections.get(set.id)]
      return runId === undefined || selection === undefined ? [] : [{ id: set.id, runId, selection }]
    })
    const of =
      having.find(({ id }) => id === drawnIn.get(key)) ??
      having.find(({ runId, selection }) => selection.hidden.includes(runId)) ??
      having.find(({ id }) => id === otherwise) ??
      having[0]
    if (of) selections.set(of.id, showRuns(of.selection, [of.runId], isShown))
  }
  return new Map([...selections].map(([id, selection]) => [id, stringifyRunSelection(selection) || undefined]))
}

/** Draws other runs of sets. */
export function selectRuns(runSets: RunSets, selections: RunSelections): RunSetsEdit {
  return {
    runSets: runSets.map((set) => {
      if (!selections.has(set.id)) return set
      const { r: _, ...params } = set.params
      const r = selections.get(set.id)
      return { ...set, params: r === undefined ? params : { ...params, r } }
    }),
  }
}

/** Whether a set may have a name: not another's. */
export function isRunSetNameFree(runSets: RunSets, name: string): boolean {
  return !runSets.some((set) => set.name === name)
}

function freeName(runSets: RunSets, name: string): string {
  for (let count = 2, free = name; ; count += 1) {
    if (isRunSetNameFree(runSets, free)) return free
    free = `${name} ${count}`
  }
}
