import type { OpenedWorkspaceResponse, ViewDetail, ViewEditRequest } from '@lossline/protocol'
import { parseViewState, runSetKeys, type SearchParams, type ViewState } from '../address/url-state.ts'
import type { ViewStore } from '../address/view-store.ts'
import { changeLabel } from './change-label.ts'
import { createHistory, type EditHistory, recordStep, redoStep, undoStep } from './edit-history.ts'
import type { RunSetsEdit } from './edit-run-sets.ts'
import { isOwnView } from './own-view.ts'
import { parseWorkspace } from './read-workspace.ts'
import type { LocateKey } from './run-set-query.ts'
import type { ViewDraftKeeper } from './view-drafts.ts'
import { createViewSaving, type SavedState, type ViewSaver } from './view-saving.ts'
import type { Workspace, WorkspaceRunSet } from './workspace.ts'
import {
  differingKeys,
  findRunSet,
  pageParams,
  paramsOf,
  runSetParam,
  toSavedParams,
  withTouched,
} from './workspace-address.ts'
import { stringifyWorkspace } from './write-workspace.ts'

/** A workspace on a page. */
export interface WorkspaceStoreState extends SavedState {
  readonly workspace: Workspace
  readonly history: EditHistory<Snapshot>
}

/** What an undo brings back. */
export interface Snapshot {
  readonly workspace: Workspace
  readonly view: ViewState
}

export interface CreateWorkspaceStoreOptions {
  readonly opened: OpenedWorkspaceResponse
  /** It saves itself, whatever of it the page changes. Default: if it is somebody's own workspace. */
  readonly isOwn?: boolean
  /** Of the page's address. */
  readonly address: ViewStore
  readonly saver: ViewSaver
  /** Keeps unsaved edits of a view that does not save itself. Default: they are lost with the page. */
  readonly drafts?: ViewDraftKeeper
  /** Where names that queries leave without a namespace are. Default: in the summary. */
  readonly locate?: LocateKey
  readonly nowMs: () => number
}

export interface WorkspaceStore {
  get(): WorkspaceStoreState
  subscribe(listener: () => void): () => void
  /** The address, changes of which can be undone too. */
  readonly view: ViewStore
  /** @param label - What is done, such as "Remove panel". */
  edit(label: string, change: (workspace: Workspace) => Workspace): void
  /**
   * The same as a step by itself, however soon others follow.
   *
   * @returns takes back this step alone, and throws where others have come after it; undefined: nothing was changed.
   */
  editAlone(label: string, change: (workspace: Workspace) => Workspace): (() => void) | undefined
  /** Its sets of runs as they are seen: what the address says of the chosen one. */
  runSets(): readonly WorkspaceRunSet[]
  /** Changes the sets of runs. */
  editRunSets(label: string, change: (runSets: readonly WorkspaceRunSet[]) => RunSetsEdit): void
  /** Looks at another set of runs: the address is about it from then on. */
  chooseRunSet(id: string): void
  /** @returns what was undone. */
  undo(): string | undefined
  redo(): string | undefined
  /** Saves what is seen. @param isForced - Whatever somebody else has saved meanwhile. */
  save(options?: { readonly isForced?: boolean }): Promise<void>
  /** Saves what is seen as another view. */
  saveAs(name: string, displayName: string): Promise<ViewDetail>
  /** Goes back to what is saved, and out of every zoom. */
  discard(): void
  /**
   * Shows the edits that were kept of this view, if there are any. What the address says otherwise than the saved view goes before
   * what the draft says of it. Where somebody has saved the view since, it is a conflict.
   */
  restoreDraft(): void
  /** Another revision has come to be: it is shown unless something here would be lost. */
  adopt(view: ViewDetail): void
  /** Shows another revision, whatever was changed here. */
  load(view: ViewDetail): void
  /** What would be saved of one that waits for the server; undefined: it does not wait. */
  waitingEdit(): { readonly viewId: number; readonly edit: ViewEditRequest } | undefined
  /** The server is back: saves what could not be saved. */
  retryWaiting(): void
  /** Saves what waits. */
  close(): void
}

/** Why a step cannot be taken back by itself. */
export const staleUndo =
  'it was undone already, or something else was changed after it. Undo in the toolbar goes back step by step.'

/** A draft that differs only in what stands in the address: it has the parts of what is saved, so that taking that back leaves nothing edited. */
function withSameParts(draft: Workspace, saved: Workspace, locate: LocateKey | undefined): Workspace {
  const { params, runSets } = draft
  const { source } = saved
  const arranged = stringifyWorkspace({ ...draft, source, params: saved.params, runSets: saved.runSets }, locate)
  return arranged === stringifyWorkspace(saved, locate) ? { ...saved, params, runSets } : draft
}

/** What a state says of which runs there are. */
function runsOf({ runSet, query, sort, groupBy, columns, baseline, pins, runs }: ViewState): Partial<ViewState> {
  return { runSet, query, sort, groupBy, columns, baseline, pins, runs }
}

export function createWorkspaceStore(options: CreateWorkspaceStoreOptions): WorkspaceStore {
  const { opened, address, saver, drafts, locate, nowMs } = options
  const isOwn = options.isOwn ?? (isOwnView(opened) && opened.name !== '')
  /** How the pages of runs arrange their charts says nothing of which runs there are. */
  const hasRuns = opened.type === 'project-view'
  /** What nobody has changed here. */
  let untouched = toSavedParams(address.get())
  const touched = new Set<string>()
  const listeners = new Set<() => void>()
  const saving = createViewSaving({
    opened,
    isOwn,
    saver,
    drafts,
    locate,
    seen: () => workspaceNow(),
    onChange: () => set({}),
  })
  let state: WorkspaceStoreState = { workspace: saving.workspace(), history: createHistory(), ...saving.get() }

  const set = (patch: Partial<WorkspaceStoreState>): void => {
    state = { ...state, ...patch, ...saving.get() }
    for (const listener of listeners) listener()
  }
  const chosenRunSet = (): WorkspaceRunSet => findRunSet(state.workspace, address.get().runSet)
  const kept = (part: 'runs' | 'charts', saved: SearchParams): SearchParams => {
    if (part === 'runs' && !hasRuns) return saved
    const params = toSavedParams(address.get())
    for (const key of differingKeys(untouched, params)) touched.add(key)
    const now = paramsOf(part, params)
    return isOwn ? withTouched(saved, now, touched) : now
  }
  /** @param toParams - What of the address is taken for the chosen one. */
  const runSetsBy = (toParams: (saved: SearchParams) => SearchParams): readonly WorkspaceRunSet[] => {
    const { id } = chosenRunSet()
    return state.workspace.runSets.map((set) => (set.id === id ? { ...set, params: toParams(set.params) } : set))
  }
  /** With all that the page shows. */
  const runSetsSeen = (): readonly WorkspaceRunSet[] => runSetsBy(() => paramsOf('runs', toSavedParams(address.get())))
  /** As they are saved: without what was only pasted into the address. */
  const runSetsKept = (): readonly WorkspaceRunSet[] => runSetsBy((saved) => kept('runs', saved))
  /** What is saved. */
  const workspaceNow = (): Workspace => ({
    ...state.workspace,
    params: kept('charts', saving.workspace().params),
    runSets: runSetsKept(),
  })
  /** Puts a set into the address. What the address said of another one has to be in the workspace before. */
  const showRunSet = ({ id, params }: WorkspaceRunSet): void => {
    for (const key of runSetKeys) touched.delete(key)
    untouched = { ...paramsOf('charts', untouched), ...params }
    const { query, sort, groupBy, columns, baseline, pins, runs } = parseViewState(params)
    address.update({ query, sort, groupBy, columns, baseline, pins, runs, runSet: runSetParam(state.workspace, id) })
  }
  const snapshot = (): Snapshot => ({ workspace: state.workspace, view: address.get() })
  /** The history with one step more, before which all is as it is now. */
  const historyWith = (label: string, isAlone = false): EditHistory<Snapshot> =>
    recordStep(state.history, { label, before: snapshot(), atMs: nowMs(), isAlone })

  const restore = ({ workspace, view }: Snapshot): void => {
    state = { ...state, workspace }
    address.update(lasting(view))
    set({})
    saving.settle()
  }
  /** @returns what was undone or done again. */
  const go = (step: typeof undoStep<Snapshot>): string | undefined => {
    const taken = step(state.history, snapshot())
    if (taken === undefined) return undefined
    state = { ...state, history: taken.history }
    restore(taken.state)
    return taken.label
  }
  /** @returns whether anything was changed. */
  const edit = (label: string, change: (workspace: Workspace) => Workspace, isAlone = false): boolean => {
    const workspace = change(state.workspace)
    if (workspace === state.workspace) return false
    set({ workspace, history: historyWith(label, isAlone) })
    saving.settle()
    return true
  }
  const load = (view: ViewDetail): void => {
    const { id: chosenBefore } = chosenRunSet()
    const workspace = saving.load(view)
    set({ workspace, history: createHistory() })
    // A tab has its own filter and axes of a workspace that saves itself.
    if (!isOwn) address.update(lasting(savedView(workspace)))
    else if (!workspace.runSets.some(({ id }) => id === chosenBefore)) showRunSet(workspace.runSets[0]!)
  }
  /** A workspace with the set that is looked at, if it has it. */
  const savedView = (workspace: Workspace): ViewState => {
    const now = address.get()
    const { id } = findRunSet(workspace, now.runSet)
    const saved = { ...parseViewState(pageParams(workspace, id)), runSet: runSetParam(workspace, id) }
    return hasRuns ? saved : { ...saved, ...runsOf(now) }
  }
  /** Zooms and searches are of the moment, and stay. */
  const lasting = (view: ViewState): ViewState => {
    const { zoom, xZooms, yZooms, panelSearch, tables, toggledSections } = address.get()
    return { ...view, zoom, xZooms, yZooms, panelSearch, tables, toggledSections }
  }

  if (!isOwn && opened.view !== null) saving.resume(opened.view.revision)

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    view: {
      ...address,
      update(patch) {
        const label = changeLabel(patch)
        if (label !== undefined) {
          state = { ...state, history: historyWith(label) }
        }
        address.update(patch)
        if (label !== undefined) saving.settle()
      },
    },
    edit: (label, change) => void edit(label, change),
    editAlone(label, change) {
      if (!edit(label, change, true)) return undefined
      const own = state.history.past.at(-1)
      return () => {
        if (state.history.past.at(-1) !== own) throw new Error(staleUndo)
        go(undoStep)
      }
    },
    runSets: runSetsSeen,
    editRunSets(label, change) {
      const [before, kept] = [runSetsSeen(), runSetsKept()]
      const { id: chosenBefore } = chosenRunSet()
      const { runSets, chosen = chosenBefore } = change(before)
      if (runSets === before) return
      state = { ...state, history: historyWith(label) }
      // What the address says of a set is kept only where somebody has changed it, here or before.
      const { params } = findRunSet({ runSets: kept }, chosenBefore)
      const seen = findRunSet({ runSets: before }, chosenBefore).params
      const isSeenOnly = (one: WorkspaceRunSet): boolean => one.id === chosenBefore && one.params === seen
      const stored = runSets.map((one) =>
        one.id === chosenBefore
          ? { ...one, params: withTouched(params, one.params, new Set(differingKeys(seen, one.params))) }
          : one,
      )
      state = { ...state, workspace: { ...state.workspace, runSets: stored } }
      const index = before.findIndex(({ id }) => id === chosen)
      const shown = runSets.find(({ id }) => id === chosen) ?? runSets[Math.min(index, runSets.length - 1)]!
      if (isSeenOnly(shown)) address.update({ runSet: runSetParam(state.workspace, shown.id) })
      else showRunSet(shown)
      set({})
      saving.settle()
    },
    chooseRunSet(id) {
      const chosen = state.workspace.runSets.find((one) => one.id === id)
      if (chosen === undefined || chosen === chosenRunSet()) return
      state = { ...state, workspace: { ...state.workspace, runSets: runSetsKept() } }
      showRunSet(chosen)
      set({})
      saving.settle()
    },
    undo: () => go(undoStep),
    redo: () => go(redoStep),
    save: ({ isForced = false } = {}) => saving.save(isForced),
    async saveAs(name, displayName) {
      const copy = await saver.create({
        type: 'project-view',
        name,
        displayName,
        spec: stringifyWorkspace(
          { ...state.workspace, params: paramsOf('charts', toSavedParams(address.get())), runSets: runSetsSeen() },
          locate,
        ),
      })
      // The edits are in the copy, which is opened next.
      drafts?.drop()
      return copy
    },
    discard() {
      set({ history: historyWith('Discard changes') })
      saving.drop()
      const view = savedView(saving.workspace())
      const { zoom, xZooms, yZooms } = view
      address.update({ zoom, xZooms, yZooms })
      restore({ workspace: saving.workspace(), view })
    },
    restoreDraft() {
      const draft = drafts?.read()
      if (draft === undefined || state.saved === undefined) return
      const { workspace, problem } = parseWorkspace(draft.spec)
      if (problem !== undefined) return
      const saved = saving.workspace()
      const isAsSaved = differingKeys(toSavedParams(address.get()), toSavedParams(savedView(saved))).length === 0
      set({ workspace: withSameParts(workspace, saved, locate) })
      // What a tab says of a workspace that saves itself is in its address.
      if (isOwn) for (const key of differingKeys(saved.params, workspace.params)) touched.add(key)
      else if (isAsSaved) address.update(lasting(savedView(workspace)))
      saving.resume(draft.revision)
      if (isOwn && state.save.kind === 'edited') saving.settle()
    },
    adopt(view) {
      if (state.saved !== undefined && view.revision <= state.saved.revision) return
      if (state.save.kind === 'saving') return
      if (!saving.isEdited()) load(view)
      else if (view.spec === stringifyWorkspace(workspaceNow(), locate)) saving.noteSaved(view)
      else saving.noteConflict(view)
    },
    load,
    waitingEdit: saving.waitingEdit,
    retryWaiting() {
      if (state.save.kind === 'waiting') void saving.save(false)
    },
    close: saving.close,
  }
}
