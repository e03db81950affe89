import type { OpenedWorkspaceResponse, ViewDetail } from '@lossline/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAddressStore } from '../address-store.ts'
import { addSection } from './edit-sections.ts'
import { parseWorkspace, readWorkspace } from './read-workspace.ts'
import { showWorkspace } from './show-workspace.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'
import { createWorkspaceCodec } from './workspace-address.ts'
import { autosaveDelayMs, createWorkspaceStore, type ViewSaver } from './workspace-store.ts'
import { stringifyWorkspace } from './write-workspace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

class Conflict extends Error {}

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

/** A page with a workspace, and the server that keeps it. */
function open(opened: Partial<OpenedWorkspaceResponse> = {}, url: Readonly<Record<string, string>> = {}) {
  let kept = opened.view ?? undefined
  const saver: ViewSaver = {
    create: async (view) => {
      kept = detail({ ...view, revision: 1 })
      return kept
    },
    change: async (_id, { revision, spec }) => {
      if (kept === undefined || (revision !== undefined && revision !== kept.revision)) throw new Conflict()
      kept = { ...kept, spec: spec ?? kept.spec, revision: kept.revision + 1 }
      return kept
    },
    read: async () => kept!,
    isConflict: (error) => error instanceof Conflict,
  }
  const answer: OpenedWorkspaceResponse = { view: null, name: 'nw-ana-w', username: 'ana', mayWrite: true, ...opened }
  const saved = answer.view ? parseWorkspace(answer.view.spec).workspace.params : {}
  const codec = createWorkspaceCodec(saved)
  const address = createAddressStore(codec, url, () => {})
  const store = createWorkspaceStore({ opened: answer, address, saver, nowMs: () => Date.now() })
  const names = (workspace = store.get().workspace) => workspace.sections.map(({ name }) => name)
  return {
    store,
    address,
    codec,
    names,
    kept: () => kept,
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
    page.store.view.update({ isLogY: true })
    await page.pass()
    expect([page.names(page.keptWorkspace()), page.keptWorkspace().params]).toEqual([['B', 'A'], { ly: '1' }])
    page.store.view.update({ isLogY: false })
    await page.pass()
    expect(page.keptWorkspace().params).toEqual({})
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

describe('a view that was saved for all', () => {
  test('is saved on demand, or its changes are dropped', async () => {
    const page = open({ view: sharedView({ sm: 'ema:0.5' }), name: 'nw-abc-v' })
    expect(page.store.view.get().smoothing).toEqual({ kind: 'ema', weight: 0.5 })
    page.add('A')
    page.store.view.update({ smoothing: { kind: 'none' }, panelSearch: 'loss' })
    await page.pass()
    expect([page.kept()!.revision, page.store.get().save.kind]).toEqual([1, 'edited'])
    page.store.discard()
    expect([page.names(), page.store.get().save.kind]).toEqual([[], 'saved'])
    expect(page.store.view.get()).toMatchObject({ smoothing: { kind: 'ema' }, panelSearch: 'loss' })
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

test('arrangement and axes are undone and redone in one row; zooms and searches are not in it', () => {
  const { store, names, add } = open()
  add('A')
  store.view.update({ isLogY: true })
  store.view.update({ panelSearch: 'x', zoom: { xId: 'step', range: [1, 2] } })
  add('B')
  expect(store.undo()).toBe('Add B')
  expect(store.undo()).toBe('Log y axis')
  expect([names(), store.view.get().isLogY, store.view.get().panelSearch]).toEqual([['A'], false, 'x'])
  expect([store.undo(), store.undo(), names()]).toEqual(['Add A', undefined, []])
  store.redo()
  store.redo()
  expect([names(), store.view.get().isLogY]).toEqual([['A'], true])
})
