import type { NewViewRequest, OpenedWorkspaceResponse, ViewDetail, ViewEditRequest } from '@lossline/protocol'
import { parseViewState, type SearchParams, type ViewState } from '../url-state.ts'
import type { ViewStore } from '../view-store.ts'
import { createHistory, type EditHistory, recordStep, redoStep, undoStep } from './edit-history.ts'
import { isSameJson } from './json.ts'
import { parseWorkspace } from './read-workspace.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'
import { differingKeys, toSavedParams, withTouched } from './workspace-address.ts'
import { stringifyWorkspace } from './write-workspace.ts'

/** How what is seen stands to what is saved. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'edited' }
  | { readonly kind: 'saving' }
  /** Somebody has saved another one since. */
  | { readonly kind: 'conflict'; readonly newer: ViewDetail | undefined }
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
}

export interface CreateWorkspaceStoreOptions {
  readonly opened: OpenedWorkspaceResponse
  /** Of the page's address. */
  readonly address: ViewStore
  readonly saver: ViewSaver
  readonly nowMs: () => number
}

export interface WorkspaceStore {
  get(): WorkspaceStoreState
  subscribe(listener: () => void): () => void
  /** The address, changes of which can be undone too. */
  readonly view: ViewStore
  /** @param label - What is done, such as "Remove panel". */
  edit(label: string, change: (workspace: Workspace) => Workspace): void
  /** @returns what was undone. */
  undo(): string | undefined
  redo(): string | undefined
  /** Saves what is seen. @param isForced - Whatever somebody else has saved meanwhile. */
  save(options?: { readonly isForced?: boolean }): Promise<void>
  /** Saves what is seen as another view. */
  saveAs(name: string, displayName: string): Promise<ViewDetail>
  /** Goes back to what is saved. */
  discard(): void
  /** Another revision has come to be: it is shown unless something here would be lost. */
  adopt(view: ViewDetail): void
  /** Shows another revision, whatever was changed here. */
  load(view: ViewDetail): void
  /** Saves what waits. */
  close(): void
}

/** So long nothing is changed before a workspace saves itself. */
export const autosaveDelayMs = 1000
const labels: Readonly<Record<string, string>> = {
  x: 'X axis',
  smoothing: 'Smoothing',
  isLogX: 'Log x axis',
  isLogY: 'Log y axis',
  query: 'Filter of runs',
  sort: 'Order of runs',
  groupBy: 'Grouping',
  columns: 'Columns',
  baseline: 'Baseline',
  runs: 'Visible runs',
}

/** The name of the workspace that belongs to a user and saves itself. */
export function ownWorkspaceName(username: string): string {
  return `nw-${username}-w`
}

export function createWorkspaceStore(options: CreateWorkspaceStoreOptions): WorkspaceStore {
  const { opened, address, saver, nowMs } = options
  const isOwn = opened.name === ownWorkspaceName(opened.username)
  const first = opened.view === null ? undefined : parseWorkspace(opened.view.spec)
  const openedParams = toSavedParams(address.get())
  const touched = new Set<string>()
  const listeners = new Set<() => void>()
  let savedWorkspace = first?.workspace ?? emptyWorkspace
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
  const paramsNow = (): SearchParams => {
    const now = toSavedParams(address.get())
    return isOwn ? withTouched(savedWorkspace.params, now, touched) : now
  }
  const isEdited = (): boolean => {
    const { params: _, ...rest } = state.workspace
    const { params: saved, ...restSaved } = savedWorkspace
    const isSame = Object.entries(rest).every(([key, value]) => restSaved[key as keyof typeof restSaved] === value)
    return !isSame || !isSameJson(paramsNow(), saved)
  }
  const snapshot = (): Snapshot => ({ workspace: state.workspace, view: address.get() })

  /** After every change of what is seen. */
  const settle = (): void => {
    for (const key of differingKeys(openedParams, toSavedParams(address.get()))) touched.add(key)
    if (state.save.kind === 'saving' || state.save.kind === 'conflict') return
    set({ save: { kind: isEdited() ? 'edited' : 'saved' } })
    clearTimeout(timer)
    timer = undefined
    if (isOwn && opened.mayWrite && state.save.kind === 'edited' && state.problem === undefined) {
      timer = setTimeout(() => void save(), autosaveDelayMs)
    }
  }

  const write = async (workspace: Workspace, expected: number | undefined): Promise<ViewDetail> => {
    const spec = stringifyWorkspace(workspace)
    if (state.saved === undefined) {
      const displayName = isOwn ? 'My workspace' : opened.name
      return saver.create({ type: 'project-view', name: opened.name, displayName, spec })
    }
    const revision = expected === undefined ? {} : { revision: expected }
    return saver.change(state.saved.id, { spec, ...revision, ...(isOwn && { isAutomatic: true }) })
  }

  const saveNow = async (isForced: boolean): Promise<void> => {
    const workspace = { ...state.workspace, params: paramsNow() }
    set({ save: { kind: 'saving' } })
    try {
      const saved = await write(workspace, isForced ? undefined : state.saved?.revision)
      savedWorkspace = workspace
      set({ saved, problem: undefined, save: { kind: 'saved' } })
      settle()
    } catch (error) {
      if (!saver.isConflict(error)) {
        set({ save: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } })
        return
      }
      const newer = state.saved === undefined ? undefined : await saver.read(state.saved.id).catch(() => undefined)
      set({ save: { kind: 'conflict', newer } })
    }
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
  const load = (view: ViewDetail): void => {
    const { workspace, problem } = parseWorkspace(view.spec)
    savedWorkspace = workspace
    clearTimeout(timer)
    timer = undefined
    set({ workspace, problem, saved: view, history: createHistory(), save: { kind: 'saved' } })
    // A tab has its own filter and axes of a workspace that saves itself.
    if (!isOwn) address.update(lasting(parseViewState(workspace.params)))
  }
  /** Zooms and searches are of the moment, and stay. */
  const lasting = (view: ViewState): ViewState => {
    const { zoom, yZooms, panelSearch, toggledSections } = address.get()
    return { ...view, zoom, yZooms, panelSearch, toggledSections }
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    view: {
      ...address,
      update(patch) {
        const label = Object.keys(patch).map((key) => labels[key])[0]
        if (label !== undefined) {
          state = { ...state, history: recordStep(state.history, { label, before: snapshot(), atMs: nowMs() }) }
        }
        address.update(patch)
        if (label !== undefined) settle()
      },
    },
    edit(label, change) {
      const workspace = change(state.workspace)
      if (workspace === state.workspace) return
      set({ workspace, history: recordStep(state.history, { label, before: snapshot(), atMs: nowMs() }) })
      settle()
    },
    undo() {
      const step = undoStep(state.history, snapshot())
      if (step === undefined) return undefined
      state = { ...state, history: step.history }
      restore(step.state)
      return step.label
    },
    redo() {
      const step = redoStep(state.history, snapshot())
      if (step === undefined) return undefined
      state = { ...state, history: step.history }
      restore(step.state)
      return step.label
    },
    save,
    saveAs: (name, displayName) =>
      saver.create({
        type: 'project-view',
        name,
        displayName,
        spec: stringifyWorkspace({ ...state.workspace, params: toSavedParams(address.get()) }),
      }),
    discard() {
      set({ history: recordStep(state.history, { label: 'Discard changes', before: snapshot(), atMs: nowMs() }) })
      state = { ...state, save: { kind: 'saved' } }
      restore({ workspace: savedWorkspace, view: parseViewState(savedWorkspace.params) })
    },
    adopt(view) {
      if (state.saved !== undefined && view.revision <= state.saved.revision) return
      if (state.save.kind === 'saving') return
      if (isEdited()) set({ save: { kind: 'conflict', newer: view } })
      else load(view)
    },
    load,
    close() {
      if (timer !== undefined) void save()
    },
  }
}
