import type { NewViewRequest, OpenedWorkspaceResponse, ViewDetail, ViewEditRequest } from '@lossline/protocol'
import { parseViewState, runSetKeys, type SearchParams, type ViewState } from '../address/url-state.ts'
import type { ViewStore } from '../address/view-store.ts'
import { changeLabel } from './change-label.ts'
import { createHistory, type EditHistory, recordStep, redoStep, undoStep } from './edit-history.ts'
import type { RunSetsEdit } from './edit-run-sets.ts'
import { isSameJson } from './json.ts'
import { isOwnView, usualViewName } from './own-view.ts'
import { parseWorkspace } from './read-workspace.ts'
import type { LocateKey } from './run-set-query.ts'
import { isSameRunSets } from './run-sets.ts'
import type { ViewDraftKeeper } from './view-drafts.ts'
import { emptyWorkspace, type Workspace, type WorkspaceRunSet } from './workspace.ts'
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

/** How what is seen stands to what is saved. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'edited' }
  | { readonly kind: 'saving' }
  /** Somebody has saved another one since. */
  | { readonly kind: 'conflict'; readonly newer: ViewDetail | undefined }
  /** The server is away: it is kept in this browser, and saved once the server is back. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly message: string }

/** A workspace on a page. */
export interface WorkspaceStoreState {
  readonly workspace: Workspace
  readonly history: EditHistory<Snapshot>
  /** What it was saved as; undefined before the first time. */
  readonly saved: ViewDetail | undefined
  /** Why what was saved could not be read. */
  readonly problem: string | undefined
  readonly save: SaveState
}

/** What an undo brings back. */
export interface Snapshot {
  readonly workspace: Workspace
  readonly view: ViewState
}

/** How views are saved; throws as the API does. */
export interface ViewSaver {
  create(view: NewViewRequest): Promise<ViewDetail>
  change(id: number, edit: ViewEditRequest): Promise<ViewDetail>
  read(id: number): Promise<ViewDetail>
  isConflict(error: unknown): boolean
  /** Whether the server does not answer. */
  isAway(error: unknown): boolean
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
  /** Goes back to what is saved. */
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

/** So long nothing is changed before a workspace saves itself. */
export const autosaveDelayMs = 1000

/** Why a step cannot be taken back by itself. */
export const staleUndo =
  'it was undone already, or something else was changed after it. Undo in the toolbar goes back step by step.'

/** A workspace whose parameters are written as the address writes them, defaults left out. */
function inWordsOfAddress(workspace: Workspace): Workspace {
  const inWords = (part: 'runs' | 'charts', params: SearchParams): SearchParams =>
    paramsOf(part, toSavedParams(parseViewState(params)))
  return {
    ...workspace,
    params: inWords('charts', workspace.params),
    runSets: workspace.runSets.map((set) => ({ ...set, params: inWords('runs', set.params) })),
  }
}

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
  const first = opened.view === null ? undefined : parseWorkspace(opened.view.spec)
  /** What nobody has changed here. */
  let untouched = toSavedParams(address.get())
  const touched = new Set<string>()
  const listeners = new Set<() => void>()
  let savedWorkspace = first?.workspace ?? emptyWorkspace
  /** The revision that what is seen was made of. */
  let basedOn = opened.view?.revision
  let state: WorkspaceStoreState = {
    workspace: savedWorkspace,
    history: createHistory(),
    saved: opened.view ?? undefined,
    problem: first?.problem,
    save: { kind: 'saved' },
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined

  const set = (patch: Partial<WorkspaceStoreState>): void => {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }
  const chosenRunSet = (): WorkspaceRunSet => findRunSet(state.workspace, address.get().runSet)
  const kept = (part: 'runs' | 'charts', saved: SearchParams): SearchParams => {
    if (part === 'runs' && !hasRuns) return saved
    const now = paramsOf(part, toSavedParams(address.get()))
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
    params: kept('charts', savedWorkspace.params),
    runSets: runSetsKept(),
  })
  const isEdited = (): boolean => {
    const inWords = isOwn ? (workspace: Workspace) => workspace : inWordsOfAddress
    const { params, runSets, ...rest } = inWords(workspaceNow())
    const saved = inWords(savedWorkspace)
    const isSame = Object.entries(rest).every(([key, value]) => saved[key as keyof Workspace] === value)
    return !isSame || !isSameJson(params, saved.params) || !isSameRunSets(runSets, saved.runSets)
  }
  const keepDraft = (): void => {
    if (drafts === undefined || basedOn === undefined || (isOwn && state.save.kind !== 'waiting')) return
    if (isEdited()) drafts.write({ revision: basedOn, spec: stringifyWorkspace(workspaceNow(), locate) })
    else drafts.drop()
  }
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

  /** After every change of what is seen. */
  const settle = (): void => {
    for (const key of differingKeys(untouched, toSavedParams(address.get()))) touched.add(key)
    keepDraft()
    if (state.save.kind === 'saving' || state.save.kind === 'conflict') return
    set({ save: { kind: isEdited() ? 'edited' : 'saved' } })
    clearTimeout(timer)
    timer = undefined
    if (isOwn && opened.mayWrite && state.save.kind === 'edited' && state.problem === undefined) {
      timer = setTimeout(() => void save(), autosaveDelayMs)
    }
  }

  const write = async (workspace: Workspace, expected: number | undefined): Promise<ViewDetail> => {
    if (state.saved === undefined) {
      const spec = stringifyWorkspace(workspace, locate)
      const displayName = usualViewName(opened) ?? opened.name
      return saver.create({ type: opened.type, name: opened.name, displayName, spec })
    }
    return saver.change(state.saved.id, editOf(workspace, expected))
  }
  const editOf = (workspace: Workspace, expected: number | undefined): ViewEditRequest => ({
    spec: stringifyWorkspace(workspace, locate),
    ...(expected !== undefined && { revision: expected }),
    ...(isOwn && { isAutomatic: true }),
  })

  const saveNow = async (isForced: boolean): Promise<void> => {
    const workspace = workspaceNow()
    set({ save: { kind: 'saving' } })
    try {
      const saved = await write(workspace, isForced ? undefined : basedOn)
      noteSaved(workspace, saved)
    } catch (error) {
      if (saver.isAway(error)) {
        set({ save: { kind: 'waiting' } })
        return keepDraft()
      }
      if (!saver.isConflict(error)) {
        set({ save: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } })
        return
      }
      const newer = state.saved === undefined ? undefined : await saver.read(state.saved.id).catch(() => undefined)
      // It was saved before, and the answer was lost.
      if (newer?.spec === stringifyWorkspace(workspace, locate)) noteSaved(workspace, newer)
      else set({ save: { kind: 'conflict', newer } })
    }
  }
  const noteSaved = (workspace: Workspace, saved: ViewDetail): void => {
    savedWorkspace = workspace
    basedOn = saved.revision
    if (isOwn) drafts?.drop()
    set({ saved, problem: undefined, save: { kind: 'saved' } })
    settle()
  }
  const save = async ({ isForced = false }: { readonly isForced?: boolean } = {}): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    await saving
    saving = saveNow(isForced)
    await saving
  }

  const restore = ({ workspace, view }: Snapshot): void => {
    state = { ...state, workspace }
    address.update(lasting(view))
    set({})
    settle()
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
    settle()
    return true
  }
  const load = (view: ViewDetail): void => {
    const { workspace, problem } = parseWorkspace(view.spec)
    const { id: chosenBefore } = chosenRunSet()
    savedWorkspace = workspace
    basedOn = view.revision
    drafts?.drop()
    clearTimeout(timer)
    timer = undefined
    set({ workspace, problem, saved: view, history: createHistory(), save: { kind: 'saved' } })
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

  if (!isOwn && state.saved !== undefined && isEdited()) state = { ...state, save: { kind: 'edited' } }

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
        if (label !== undefined) settle()
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
      settle()
    },
    chooseRunSet(id) {
      const chosen = state.workspace.runSets.find((one) => one.id === id)
      if (chosen === undefined || chosen === chosenRunSet()) return
      state = { ...state, workspace: { ...state.workspace, runSets: runSetsKept() } }
      showRunSet(chosen)
      set({})
      settle()
    },
    undo: () => go(undoStep),
    redo: () => go(redoStep),
    save,
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
      state = { ...state, save: { kind: 'saved' } }
      restore({ workspace: savedWorkspace, view: savedView(savedWorkspace) })
    },
    restoreDraft() {
      const draft = drafts?.read()
      if (draft === undefined || state.saved === undefined) return
      const { workspace, problem } = parseWorkspace(draft.spec)
      if (problem !== undefined) return
      const said = toSavedParams(address.get())
      const isAsSaved = differingKeys(said, toSavedParams(savedView(savedWorkspace))).length === 0
      basedOn = draft.revision
      set({ workspace: withSameParts(workspace, savedWorkspace, locate) })
      // What a tab says of a workspace that saves itself is in its address.
      if (isOwn) for (const key of differingKeys(savedWorkspace.params, workspace.params)) touched.add(key)
      else if (isAsSaved) address.update(lasting(savedView(workspace)))
      if (!isEdited()) basedOn = state.saved.revision
      const isOlder = basedOn < state.saved.revision
      const edited: SaveState = isOlder ? { kind: 'conflict', newer: state.saved } : { kind: 'edited' }
      set({ save: isEdited() ? edited : { kind: 'saved' } })
      if (isOwn && state.save.kind === 'edited') settle()
    },
    adopt(view) {
      if (state.saved !== undefined && view.revision <= state.saved.revision) return
      if (state.save.kind === 'saving') return
      if (isEdited() && view.spec === stringifyWorkspace(workspaceNow(), locate)) noteSaved(workspaceNow(), view)
      else if (isEdited()) set({ save: { kind: 'conflict', newer: view } })
      else load(view)
    },
    load,
    waitingEdit() {
      if (state.save.kind !== 'waiting' || state.saved === undefined) return undefined
      return { viewId: state.saved.id, edit: editOf(workspaceNow(), basedOn) }
    },
    retryWaiting() {
      if (state.save.kind === 'waiting') void save()
    },
    close() {
      if (timer !== undefined) void save()
    },
  }
}
