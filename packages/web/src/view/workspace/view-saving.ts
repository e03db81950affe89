import type { NewViewRequest, OpenedWorkspaceResponse, ViewDetail, ViewEditRequest } from '@lossline/protocol'
import { isSameJson } from './json.ts'
import { usualViewName } from './own-view.ts'
import { parseWorkspace } from './read-workspace.ts'
import type { LocateKey } from './run-set-query.ts'
import { isSameRunSets } from './run-sets.ts'
import type { ViewDraftKeeper } from './view-drafts.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'
import { inWordsOfAddress } from './workspace-address.ts'
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

/** What is saved of a view, and whether it is what is seen. */
export interface SavedState {
  /** Undefined before the first time. */
  readonly saved: ViewDetail | undefined
  /** Why what was saved could not be read. */
  readonly problem: string | undefined
  readonly save: SaveState
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

/** So long nothing is changed before a workspace saves itself. */
export const autosaveDelayMs = 1000

/** What becomes of a view as it is changed. */
export interface ViewSaving {
  get(): SavedState
  /** What is saved, as a workspace; an empty one before the first time. */
  workspace(): Workspace
  isEdited(): boolean
  /** After every change of what is seen: keeps a draft of it, and saves it in a moment where it saves itself. */
  settle(): void
  /** Saves what is seen. @param isForced - Whatever somebody else has saved meanwhile. */
  save(isForced: boolean): Promise<void>
  /** What is seen is saved, as this. */
  noteSaved(view: ViewDetail): void
  noteConflict(newer: ViewDetail): void
  /** What is seen will be what this says, and nothing is left to be saved. */
  load(view: ViewDetail): Workspace
  /** What is seen was made of this revision: there is a conflict if it is not the one that is saved, and anything was changed. */
  resume(revision: number): void
  /** What is seen will be what is saved. */
  drop(): void
  /** What would be saved of what waits for the server; undefined: it does not wait. */
  waitingEdit(): { readonly viewId: number; readonly edit: ViewEditRequest } | undefined
  /** Saves what is yet to be saved by itself. */
  close(): void
}

/** Looks after what is saved of a view. */
export function createViewSaving(options: {
  readonly opened: OpenedWorkspaceResponse
  /** It saves itself. */
  readonly isOwn: boolean
  readonly saver: ViewSaver
  readonly drafts: ViewDraftKeeper | undefined
  readonly locate: LocateKey | undefined
  /** What there is to save. */
  readonly seen: () => Workspace
  readonly onChange: () => void
}): ViewSaving {
  const { opened, isOwn, saver, drafts, locate, seen, onChange } = options
  const first = opened.view === null ? undefined : parseWorkspace(opened.view.spec)
  let savedWorkspace = first?.workspace ?? emptyWorkspace
  /** The revision that what is seen was made of. */
  let basedOn = opened.view?.revision
  let state: SavedState = { saved: opened.view ?? undefined, problem: first?.problem, save: { kind: 'saved' } }
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined

  const set = (patch: Partial<SavedState>): void => {
    state = { ...state, ...patch }
    onChange()
  }
  const stopWaiting = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const isEdited = (): boolean => {
    const inWords = isOwn ? (workspace: Workspace) => workspace : inWordsOfAddress
    const { params, runSets, ...rest } = inWords(seen())
    const saved = inWords(savedWorkspace)
    const isSame = Object.entries(rest).every(([key, value]) => saved[key as keyof Workspace] === value)
    return !isSame || !isSameJson(params, saved.params) || !isSameRunSets(runSets, saved.runSets)
  }
  const keepDraft = (hasEdits: boolean): void => {
    if (drafts === undefined || basedOn === undefined || (isOwn && state.save.kind !== 'waiting')) return
    if (hasEdits) drafts.write({ revision: basedOn, spec: stringifyWorkspace(seen(), locate) })
    else drafts.drop()
  }
  const settle = (): void => {
    const hasEdits = isEdited()
    keepDraft(hasEdits)
    if (state.save.kind === 'saving' || state.save.kind === 'conflict') return
    set({ save: { kind: hasEdits ? 'edited' : 'saved' } })
    stopWaiting()
    if (isOwn && opened.mayWrite && state.save.kind === 'edited' && state.problem === undefined) {
      timer = setTimeout(() => void save(false), autosaveDelayMs)
    }
  }
  const editOf = (spec: string, expected: number | undefined): ViewEditRequest => ({
    spec,
    ...(expected !== undefined && { revision: expected }),
    ...(isOwn && { isAutomatic: true }),
  })
  const write = (spec: string, expected: number | undefined): Promise<ViewDetail> => {
    if (state.saved !== undefined) return saver.change(state.saved.id, editOf(spec, expected))
    const displayName = usualViewName(opened) ?? opened.name
    return saver.create({ type: opened.type, name: opened.name, displayName, spec })
  }
  const saveNow = async (isForced: boolean): Promise<void> => {
    const workspace = seen()
    const spec = stringifyWorkspace(workspace, locate)
    set({ save: { kind: 'saving' } })
    try {
      setSaved(workspace, await write(spec, isForced ? undefined : basedOn))
    } catch (error) {
      if (saver.isAway(error)) {
        set({ save: { kind: 'waiting' } })
        return keepDraft(isEdited())
      }
      if (!saver.isConflict(error)) {
        set({ save: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } })
        return
      }
      const newer = state.saved === undefined ? undefined : await saver.read(state.saved.id).catch(() => undefined)
      // It was saved before, and the answer was lost.
      if (newer?.spec === spec) setSaved(workspace, newer)
      else set({ save: { kind: 'conflict', newer } })
    }
  }
  const setSaved = (workspace: Workspace, saved: ViewDetail): void => {
    savedWorkspace = workspace
    basedOn = saved.revision
    if (isOwn) drafts?.drop()
    set({ saved, problem: undefined, save: { kind: 'saved' } })
    settle()
  }
  const save = async (isForced: boolean): Promise<void> => {
    stopWaiting()
    await saving
    saving = saveNow(isForced)
    await saving
  }

  return {
    get: () => state,
    workspace: () => savedWorkspace,
    isEdited,
    settle,
    save,
    noteSaved: (view) => setSaved(seen(), view),
    noteConflict: (newer) => set({ save: { kind: 'conflict', newer } }),
    load(view) {
      const { workspace, problem } = parseWorkspace(view.spec)
      savedWorkspace = workspace
      basedOn = view.revision
      drafts?.drop()
      stopWaiting()
      state = { saved: view, problem, save: { kind: 'saved' } }
      return workspace
    },
    resume(revision) {
      if (!isEdited()) {
        basedOn = state.saved?.revision
        return set({ save: { kind: 'saved' } })
      }
      basedOn = revision
      const isOlder = state.saved !== undefined && revision < state.saved.revision
      set({ save: isOlder ? { kind: 'conflict', newer: state.saved } : { kind: 'edited' } })
    },
    drop() {
      state = { ...state, save: { kind: 'saved' } }
    },
    waitingEdit() {
      if (state.save.kind !== 'waiting' || state.saved === undefined) return undefined
      return { viewId: state.saved.id, edit: editOf(stringifyWorkspace(seen(), locate), basedOn) }
    },
    close() {
      if (timer !== undefined) void save(false)
    },
  }
}
