import type { OpenedWorkspaceResponse, ViewDetail } from '@lossline/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAddressStore } from '../address/address-store.ts'
import {
  addRunSet,
  changeRunSet,
  duplicateRunSet,
  moveRunSet,
  putBackRunSet,
  removeRunSet,
  selectRuns,
} from './edit-run-sets.ts'
import { addSection } from './edit-sections.ts'
import { parseWorkspace, readWorkspace } from './read-workspace.ts'
import { showWorkspace } from './show-workspace.ts'
import type { ViewDraft, ViewDraftKeeper } from './view-drafts.ts'
import { autosaveDelayMs, type ViewSaver } from './view-saving.ts'
import { createRunSet, emptyWorkspace, type Workspace } from './workspace.ts'
import { createWorkspaceCodec } from './workspace-address.ts'
import { createWorkspaceStore, staleUndo } from './workspace-store.ts'
import { stringifyWorkspace } from './write-workspace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

class Conflict extends Error {}
class Away extends Error {}

const detail = (fields: Partial<ViewDetail>): ViewDetail => ({
  id: 1,
  type: 'project-view',
  name: 'nw-ana-w',
  displayName: '',
  description: '',
  username: 'ana',
  createdAtMs: 0,
  updatedAtMs: 0,
  revision: 1,
  savedBy: 'ana',
  spec: stringifyWorkspace(emptyWorkspace),
  ...fields,
})

/** A browser that keeps the draft of one view. */
function keptDrafts(): ViewDraftKeeper & { draft?: ViewDraft | undefined } {
  return {
    key: 'draft',
    read() {
      return this.draft
    },
    write(draft) {
      this.draft = draft
    },
    drop() {
      this.draft = undefined
    },
  }
}

/** A page with a workspace, and the server that keeps it. */
function open(
  opened: Partial<OpenedWorkspaceResponse> = {},
  url: Readonly<Record<string, string>> = {},
  drafts = keptDrafts(),
  isOwn?: boolean,
) {
  let kept = opened.view ?? undefined
  let isAway = false
  const saver: ViewSaver = {
    create: async (view) => {
      kept = detail({ ...view, revision: 1 })
      return kept
    },
    change: async (_id, { revision, spec }) => {
      if (isAway) throw new Away()
      if (kept === undefined || (revision !== undefined && revision !== kept.revision)) throw new Conflict()
      kept = { ...kept, spec: spec ?? kept.spec, revision: kept.revision + 1 }
      return kept
    },
    read: async () => kept!,
    isConflict: (error) => error instanceof Conflict,
    isAway: (error) => error instanceof Away,
  }
  const answer: OpenedWorkspaceResponse = {
    type: 'project-view',
    view: null,
    name: 'nw-ana-w',
    username: 'ana',
    mayWrite: true,
    ...opened,
  }
  const saved = answer.view ? parseWorkspace(answer.view.spec).workspace : emptyWorkspace
  const codec = createWorkspaceCodec(() => saved)
  const address = createAddressStore(codec, url, () => {})
  const store = createWorkspaceStore({
    opened: answer,
    ...(isOwn !== undefined && { isOwn }),
    address,
    saver,
    drafts,
    nowMs: () => Date.now(),
  })
  store.restoreDraft()
  const names = (workspace = store.get().workspace) => workspace.sections.map(({ name }) => name)
  return {
    store,
    address,
    codec,
    names,
    kept: () => kept,
    serverIsAway: (is: boolean) => {
      isAway = is
    },
    keptWorkspace: (): Workspace => readWorkspace(JSON.parse(kept!.spec)),
    somebodySaves: (spec: string) => {
      kept = detail({ ...kept, spec, revision: (kept?.revision ?? 0) + 1, savedBy: 'bob' })
      return kept
    },
    add: (name: string) =>
      store.edit(`Add ${name}`, (workspace) =>
        addSection({ workspace, shown: showWorkspace(workspace, [], () => '') }, name),
      ),
    pass: () => vi.advanceTimersByTimeAsync(autosaveDelayMs + 10),
  }
}

const sharedView = (params: Workspace['params'] = {}) =>
  detail({ name: 'nw-abc-v', spec: stringifyWorkspace({ ...emptyWorkspace, params }) })

test('a message takes back its own step, and says so where others came after it', () => {
  const page = open()
  const undoA = page.store.editAlone('Add section', (workspace) => ({ ...workspace, isSorted: true }))!
  const undoB = page.store.editAlone('Add section', (workspace) => ({ ...workspace, isAutomatic: false }))!
  const isSorted = () => page.store.get().workspace.isSorted
  expect(undoA).toThrow(staleUndo)
  expect([isSorted(), page.store.get().workspace.isAutomatic]).toEqual([true, false])
  undoB()
  expect(page.store.get().workspace.isAutomatic).toBe(true)
  // What came after it is gone: it is the last step again.
  undoA()
  expect(isSorted()).toBe(false)
  expect(undoA).toThrow(staleUndo)
  expect(page.store.editAlone('Add section', (workspace) => workspace)).toBeUndefined()
})

describe('a workspace that belongs to whoever looks at it', () => {
  test('is saved by itself a moment after a change, and its first time made', async () => {
    const page = open()
    page.add('A')
    expect(page.store.get().save).toEqual({ kind: 'edited' })
    await page.pass()
    expect([page.store.get().save.kind, page.names(page.keptWorkspace()), page.kept()!.revision]).toEqual([
      'saved',
      ['A'],
      1,
    ])
    page.add('B')
    page.store.view.update({ yScale: 'log' })
    await page.pass()
    expect([page.names(page.keptWorkspace()), page.keptWorkspace().params]).toEqual([['B', 'A'], { ly: '1' }])
    page.store.view.update({ yScale: 'linear' })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({})
  })

  test('is saved after a change of any setting of its charts, without the zooms', async () => {
    const page = open()
    page.store.view.update({ ignoresOutliers: true })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({ o: '1' })
    const zooms = { xZooms: new Map([['p', { xId: 'step', range: [1, 2] as const }]]) }
    page.store.view.update(zooms)
    page.store.view.update({ tooltipOrder: 'value' })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({ o: '1', tt: 'value' })
    expect([page.store.undo(), page.store.undo()]).toEqual(['Order in tooltips', 'Outliers'])
    expect([page.address.get().ignoresOutliers, page.address.get().xZooms]).toEqual([false, zooms.xZooms])
  })

  test('keeps nothing that was only pasted into the address', async () => {
    const page = open({}, { q: 'lr > 1', sm: 'ema:0.5' })
    page.add('A')
    page.store.view.update({ smoothing: { kind: 'none' } })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({})
    page.store.view.update({ smoothing: { kind: 'ema', weight: 0.9 } })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({ sm: 'ema:0.9' })
  })

  test('is not saved where that is not allowed, nor over what cannot be read', async () => {
    const reader = open({ mayWrite: false })
    reader.add('A')
    await reader.pass()
    expect([reader.kept(), reader.store.get().save.kind]).toEqual([undefined, 'edited'])
    const corrupt = open({ view: detail({ spec: '[]' }) })
    expect(corrupt.store.get().problem).toBe('It does not hold a workspace.')
    corrupt.add('A')
    await corrupt.pass()
    expect(corrupt.kept()!.spec).toBe('[]')
    await corrupt.store.save()
    expect([corrupt.names(corrupt.keptWorkspace()), corrupt.store.get().problem]).toEqual([['A'], undefined])
  })
})

describe('how the pages of runs arrange their charts', () => {
  const runView = { type: 'run-view' } as const

  test('saves itself on the page of a run, as a view of its own kind, and says nothing of runs', async () => {
    const page = open(runView, { q: 'lr > 1' }, keptDrafts(), true)
    page.add('A')
    page.store.view.update({ yScale: 'log', query: 'lr > 2', baseline: 'r1' })
    await page.pass()
    expect(page.kept()).toMatchObject({ type: 'run-view', displayName: 'Charts of runs', name: 'nw-ana-w' })
    expect(page.keptWorkspace()).toMatchObject({ params: { ly: '1' }, runSets: [{ params: {} }] })
    page.store.undo()
    page.store.undo()
    expect(page.names()).toEqual([])
    await page.pass()
    expect(page.keptWorkspace().sections).toEqual([])
  })

  test('is saved from the workspace only when somebody says so, and goes back without hiding or showing runs', async () => {
    const saved = detail({
      type: 'run-view',
      spec: stringifyWorkspace({ ...emptyWorkspace, params: { sm: 'ema:0.5' } }),
    })
    const page = open({ ...runView, view: saved }, { r: 'none~r1', q: 'lr > 1' })
    expect(page.store.get().save.kind).toBe('saved')
    page.add('A')
    await page.pass()
    expect([page.store.get().save.kind, page.kept()!.revision]).toEqual(['edited', 1])
    const runs = page.address.get().runs
    page.store.view.update({ smoothing: { kind: 'none' } })
    page.store.discard()
    expect(page.names()).toEqual([])
    expect(page.address.get()).toMatchObject({ runs, query: 'lr > 1', smoothing: { kind: 'ema', weight: 0.5 } })
    page.add('B')
    await page.store.save()
    expect([page.names(page.keptWorkspace()), page.keptWorkspace().runSets[0]!.params]).toEqual([['B'], {}])
  })
})

describe('a view that was saved for all', () => {
  test('is saved on demand, or its changes are dropped', async () => {
    const page = open({ view: sharedView({ sm: 'ema:0.5' }), name: 'nw-abc-v' })
    expect(page.store.view.get().smoothing).toEqual({ kind: 'ema', weight: 0.5 })
    page.add('A')
    page.store.view.update({ smoothing: { kind: 'none' }, panelSearch: 'loss' })
    page.store.view.update({ zoom: { xId: 'step', range: [1, 2] }, yZooms: new Map([['A', [0, 1]]]) })
    await page.pass()
    expect([page.kept()!.revision, page.store.get().save.kind]).toEqual([1, 'edited'])
    page.store.discard()
    expect([page.names(), page.store.get().save.kind]).toEqual([[], 'saved'])
    expect(page.store.view.get()).toMatchObject({ smoothing: { kind: 'ema' }, panelSearch: 'loss' })
    expect(page.store.view.get()).toMatchObject({ zoom: undefined, xZooms: new Map(), yZooms: new Map() })
    page.store.undo()
    expect([page.names(), page.store.get().save.kind]).toEqual([['A'], 'edited'])
    await page.store.save()
    expect([page.keptWorkspace().params, page.names(page.keptWorkspace())]).toEqual([{}, ['A']])
  })

  test('an address says what differs from it, and defaults where it says otherwise', () => {
    const page = open({ view: sharedView({ sm: 'ema:0.5', x: 'wall' }), name: 'nw-abc-v' })
    page.store.view.update({ smoothing: { kind: 'none' } })
    const written = page.codec.stringify(page.store.view.get())
    expect(written).toEqual({ sm: 'none', x: 'wall' })
    expect(page.codec.parse(written)).toEqual(page.store.view.get())
  })

  test('saved by somebody else: shown at once, unless something would be lost', async () => {
    const page = open({ view: sharedView(), name: 'nw-abc-v' })
    const theirs = stringifyWorkspace({ ...page.store.get().workspace, isAutomatic: false })
    page.store.adopt(page.somebodySaves(theirs))
    expect([page.store.get().workspace.isAutomatic, page.store.get().save.kind]).toEqual([false, 'saved'])
    page.add('A')
    page.somebodySaves('{}')
    await page.store.save()
    expect(page.store.get().save).toMatchObject({ kind: 'conflict', newer: { savedBy: 'bob', revision: 3 } })
    expect(page.kept()!.spec).toBe('{}')
    await page.store.save({ isForced: true })
    expect([page.store.get().save.kind, page.names(page.keptWorkspace())]).toEqual(['saved', ['A']])
  })
})

describe('unsaved edits of a view that was saved for all', () => {
  const view = sharedView({ sm: 'ema:0.5' })
  const openView = (drafts = keptDrafts(), url = {}, saved = view) =>
    open({ view: saved, name: 'nw-abc-v' }, url, drafts)
  const seen = (page: ReturnType<typeof open>) => [
    page.names(),
    page.store.view.get().yScale,
    page.store.get().save.kind,
  ]

  test('are there after a reload, and after opening the view without them in the address', () => {
    const drafts = keptDrafts()
    const page = openView(drafts)
    page.add('A')
    page.store.view.update({ yScale: 'log' })
    expect(seen(openView(drafts, page.codec.stringify(page.store.view.get())))).toEqual([['A'], 'log', 'edited'])
    const reopened = openView(drafts)
    expect(seen(reopened)).toEqual([['A'], 'log', 'edited'])
    reopened.store.discard()
    expect([seen(reopened), drafts.draft]).toEqual([[[], 'linear', 'saved'], undefined])
    reopened.store.undo()
    expect(seen(openView(drafts))).toEqual([['A'], 'log', 'edited'])
  })

  test('that stand in the address are known as such without a draft, and taken back leave none', () => {
    const page = openView(keptDrafts(), { ly: '1' })
    expect(seen(page)).toEqual([[], 'log', 'edited'])
    page.store.view.update({ yScale: 'linear' })
    expect(seen(page)).toEqual([[], 'linear', 'saved'])
    expect(seen(openView(keptDrafts(), { z: 'step~1~2', m: 'loss' }))).toEqual([[], 'linear', 'saved'])
    const drafts = keptDrafts()
    openView(drafts).store.view.update({ yScale: 'log' })
    const restored = openView(drafts)
    expect(seen(restored)).toEqual([[], 'log', 'edited'])
    restored.store.view.update({ yScale: 'linear' })
    expect([seen(restored), drafts.draft]).toEqual([[[], 'linear', 'saved'], undefined])
  })

  test('give way to what the address says', () => {
    const drafts = keptDrafts()
    const page = openView(drafts)
    page.add('A')
    page.store.view.update({ yScale: 'log' })
    const linked = openView(drafts, { x: 'wall' })
    expect(linked.store.view.get()).toMatchObject({ x: { kind: 'wall' }, yScale: 'linear' })
    expect(seen(linked)).toEqual([['A'], 'linear', 'edited'])
  })

  test('are dropped once they are saved, as the view or as another', async () => {
    const drafts = keptDrafts()
    const page = openView(drafts)
    page.add('A')
    await page.store.save()
    expect([page.store.get().save.kind, drafts.draft]).toEqual(['saved', undefined])
    page.add('B')
    expect(drafts.draft).toMatchObject({ revision: 2 })
    await page.store.saveAs('nw-new-v', 'New')
    expect(drafts.draft).toBeUndefined()
  })

  test('of an older revision are shown beside the newer one, which they do not overwrite unasked', async () => {
    const drafts = keptDrafts()
    openView(drafts).add('A')
    const newer = { ...view, revision: 4, savedBy: 'bob' }
    const page = openView(drafts, {}, newer)
    expect([page.names(), page.store.get().save]).toEqual([['A'], { kind: 'conflict', newer }])
    page.add('B')
    expect(drafts.draft).toMatchObject({ revision: 1 })
    await page.store.save()
    expect([page.store.get().save.kind, page.kept()!.revision]).toEqual(['conflict', 4])
    page.store.load(newer)
    expect([seen(page), drafts.draft]).toEqual([[[], 'linear', 'saved'], undefined])
  })
})

test('a workspace that saves itself has no draft', async () => {
  const drafts = keptDrafts()
  const page = open({}, {}, drafts)
  page.add('A')
  expect(drafts.draft).toBeUndefined()
  await page.pass()
  page.add('B')
  expect(drafts.draft).toBeUndefined()
})

test('what cannot be saved while the server is away is kept, saved once when it is back, and lost by no reload', async () => {
  const drafts = keptDrafts()
  const own = { view: detail({ name: 'nw-ana-w', spec: stringifyWorkspace(emptyWorkspace) }) }
  const page = open(own, {}, drafts)
  page.serverIsAway(true)
  page.add('A')
  await page.pass()
  page.add('B')
  await page.pass()
  expect([page.store.get().save.kind, page.kept()?.revision]).toEqual(['waiting', own.view.revision])
  expect(page.store.waitingEdit()?.edit.revision).toBe(own.view.revision)
  const reloaded = open(own, {}, { ...drafts })
  expect([reloaded.names(), reloaded.store.get().save.kind]).toEqual([page.names(), 'edited'])
  page.serverIsAway(false)
  page.store.retryWaiting()
  await page.pass()
  expect([page.store.get().save.kind, page.names(page.keptWorkspace())]).toEqual(['saved', page.names()])
  expect([page.kept()?.revision, drafts.draft]).toEqual([own.view.revision + 1, undefined])
  // Somebody else has saved it before the draft was: both are kept.
  const late = open(
    { view: detail({ ...own.view, revision: own.view.revision + 1 }) },
    {},
    {
      ...keptDrafts(),
      draft: { revision: own.view.revision, spec: page.kept()!.spec },
    },
  )
  expect(late.store.get().save.kind).toBe('conflict')
})

test('arrangement and axes are undone and redone in one row; zooms and searches are not in it', () => {
  const { store, names, add } = open()
  add('A')
  store.view.update({ yScale: 'log' })
  store.view.update({ panelSearch: 'x', zoom: { xId: 'step', range: [1, 2] } })
  add('B')
  expect(store.undo()).toBe('Add B')
  expect(store.undo()).toBe('Y scale')
  expect([names(), store.view.get().yScale, store.view.get().panelSearch]).toEqual([['A'], 'linear', 'x'])
  expect([store.undo(), store.undo(), names()]).toEqual(['Add A', undefined, []])
  store.redo()
  store.redo()
  expect([names(), store.view.get().yScale]).toEqual([['A'], 'log'])
})

describe('sets of runs', () => {
  const twoSets = {
    ...emptyWorkspace,
    runSets: [
      createRunSet('a', 'Small', { params: { q: 'small' } }),
      createRunSet('b', 'Large', { params: { q: 'large' } }),
    ],
  }
  const saved = (name: string) => detail({ name, spec: stringifyWorkspace(twoSets) })
  const queries = (workspace: Workspace) => workspace.runSets.map(({ id, params }) => [id, params.q])

  test('the address is about the chosen one; the others keep what was said of them', async () => {
    const page = open({ view: saved('nw-ana-w') })
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'small' })
    page.store.view.update({ query: 'smaller' })
    page.store.chooseRunSet('b')
    expect(page.store.view.get()).toMatchObject({ runSet: 'b', query: 'large' })
    const written = page.codec.stringify(page.store.view.get())
    expect(page.codec.parse(written)).toEqual(page.store.view.get())
    expect(page.codec.parse({ set: 'b' })).toMatchObject({ runSet: 'b', query: 'large' })
    page.store.view.update({ query: 'larger' })
    await page.pass()
    expect(queries(page.keptWorkspace())).toEqual([
      ['a', 'smaller'],
      ['b', 'larger'],
    ])
    expect(page.store.get().save.kind).toBe('saved')
    page.store.chooseRunSet('a')
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'smaller' })
    expect(page.store.get().save.kind).toBe('saved')
  })

  test('what is done to them is undone and redone with the address', async () => {
    const page = open({ view: saved('nw-abc-v'), name: 'nw-abc-v' })
    page.store.chooseRunSet('b')
    page.store.view.update({ query: 'larger' })
    page.store.editRunSets('Move run set', (sets) => moveRunSet(sets, 'b', -1))
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'larger' })
    page.store.editRunSets('Remove run set', (sets) => removeRunSet(sets, 'b'))
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'small' })
    page.store.editRunSets('Add run set', (sets) => addRunSet(sets, 'c'))
    expect(page.store.view.get()).toMatchObject({ runSet: 'c', query: '' })
    expect([page.store.undo(), page.store.undo()]).toEqual(['Add run set', 'Remove run set'])
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'larger' })
    await page.store.save()
    expect(queries(page.keptWorkspace())).toEqual([
      ['b', 'larger'],
      ['a', 'small'],
    ])
    expect(page.store.undo()).toBe('Move run set')
    expect(page.store.view.get()).toMatchObject({ runSet: 'b', query: 'larger' })
    page.store.redo()
    page.store.redo()
    expect([page.store.runSets().map(({ id }) => id), page.store.view.get().query]).toEqual([['a'], 'small'])
    page.store.discard()
    expect(page.store.runSets().map(({ id, params }) => [id, params.q])).toEqual([
      ['b', 'larger'],
      ['a', 'small'],
    ])
    expect(page.store.get().save.kind).toBe('saved')
  })

  test('turned off or moved do not keep what was only pasted into the address', async () => {
    const page = open({ view: saved('nw-ana-w') }, { q: 'pasted' })
    page.store.editRunSets('Turn run set off', (sets) => changeRunSet(sets, 'b', { isEnabled: false }))
    page.store.editRunSets('Move run set', (sets) => moveRunSet(sets, 'a', 1))
    expect(page.store.view.get()).toMatchObject({ runSet: 'a', query: 'pasted' })
    await page.pass()
    expect(queries(page.keptWorkspace())).toEqual([
      ['b', 'large'],
      ['a', 'small'],
    ])
    page.store.editRunSets('Duplicate run set', (sets) => duplicateRunSet(sets, 'a', 'c'))
    await page.pass()
    expect(queries(page.keptWorkspace()).at(-1)).toEqual(['c', 'pasted'])
  })

  test('of which other runs are drawn do not keep a filter that was only pasted into the address, until it is edited', async () => {
    const page = open({ view: saved('nw-ana-w') }, { q: 'pasted' })
    page.store.editRunSets('Visible runs', (sets) => selectRuns(sets, new Map([['a', 'none~r1']])))
    await page.pass()
    expect(page.keptWorkspace().runSets[0]).toMatchObject({ id: 'a', params: { q: 'small', r: 'none~r1' } })
    // It is still what the page shows, and goes on to be once more runs are chosen.
    expect(page.store.view.get()).toMatchObject({ query: 'pasted', runs: { shown: ['r1'] } })
    page.store.editRunSets('Visible runs', (sets) => selectRuns(sets, new Map([['a', 'none~r1,r2']])))
    await page.pass()
    expect(page.keptWorkspace().runSets[0]!.params).toMatchObject({ q: 'small', r: 'none~r1,r2' })
    page.store.view.update({ query: 'pasted and mine' })
    await page.pass()
    expect(page.keptWorkspace().runSets[0]!.params).toMatchObject({ q: 'pasted and mine', r: 'none~r1,r2' })
  })

  test('left for another one do not keep what was only pasted into the address', async () => {
    for (const leave of [
      ({ store }: ReturnType<typeof open>) => store.chooseRunSet('b'),
      ({ store }: ReturnType<typeof open>) => store.editRunSets('Add run set', (sets) => addRunSet(sets, 'c')),
      ({ store }: ReturnType<typeof open>) =>
        store.editRunSets('Duplicate run set', (sets) => duplicateRunSet(sets, 'a', 'c')),
    ]) {
      const page = open({ view: saved('nw-ana-w') }, { q: 'pasted' })
      page.store.view.update({ sort: [{ key: 'summary.loss', isDescending: true }] })
      leave(page)
      page.add('Mine')
      await page.pass()
      expect(page.keptWorkspace().runSets[0]).toMatchObject({ id: 'a', params: { q: 'small', s: '-summary.loss' } })
    }
  })

  test('one that was removed is put back alone, whatever was done since', () => {
    const page = open({ view: saved('nw-ana-w') })
    const [small] = page.store.runSets()
    page.store.editRunSets('Remove run set', (sets) => removeRunSet(sets, 'a'))
    page.store.editRunSets('Rename run set', (sets) => changeRunSet(sets, 'b', { name: 'Small' }))
    const putBack = () => page.store.editRunSets('Put run set back', (sets) => putBackRunSet(sets, small!, 0))
    putBack()
    const names = () => page.store.runSets().map(({ id, name, params }) => [id, name, params.q])
    expect(names()).toEqual([
      ['a', 'Small 2', 'small'],
      ['b', 'Small', 'large'],
    ])
    expect(page.store.undo()).toBe('Put run set back')
    expect(names()).toEqual([['b', 'Small', 'large']])
    putBack()
    putBack()
    expect(names()).toHaveLength(2)
  })

  test('one that somebody else has removed gives way to the first', () => {
    const page = open({ view: saved('nw-ana-w') }, { set: 'b' })
    expect(page.store.view.get()).toMatchObject({ runSet: 'b', query: 'large' })
    page.store.adopt(page.somebodySaves(stringifyWorkspace({ ...twoSets, runSets: twoSets.runSets.slice(0, 1) })))
    expect(page.store.view.get()).toMatchObject({ runSet: '', query: 'small' })
    expect(page.store.get().save.kind).toBe('saved')
  })

  test('a view saved as another one has all of them as they are seen', async () => {
    const page = open({ view: saved('nw-abc-v'), name: 'nw-abc-v' }, { set: 'b', q: 'pasted' })
    expect(page.store.view.get()).toMatchObject({ runSet: 'b', query: 'pasted' })
    await page.store.saveAs('nw-new-v', 'New')
    expect(queries(page.keptWorkspace())).toEqual([
      ['a', 'small'],
      ['b', 'pasted'],
    ])
  })
})
