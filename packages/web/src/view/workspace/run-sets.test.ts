import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addRunSet,
  changeRunSet,
  duplicateRunSet,
  moveRunSet,
  onlyRuns,
  type RunSetsEdit,
  removeRunSet,
  runSelections,
  selectRuns,
  shownRuns,
} from './edit-run-sets.ts'
import { type JsonObject, objectAt } from './json.ts'
import { readWorkspace } from './read-workspace.ts'
import { isRunSetRemovable, otherProjects, runIdIn, runSetAddress } from './run-set-project.ts'
import type { LocateKey } from './run-set-query.ts'
import type { WorkspaceRunSet } from './workspace.ts'
import { writeWorkspace } from './write-workspace.ts'

/** A view of W&B with two sets, the second of another project and off. */
const saved = {
  section: {
    panelBankConfig: {},
    runSets: [
      { id: 'abc', name: 'Small', enabled: true, unknown: [1], search: { query: 'small' }, grouping: [] },
      {
        id: 'def',
        name: 'Large',
        enabled: false,
        project: { entityName: 'ada', name: 'other', id: 'x' },
        filters: { filterFormat: 'filterV2', filters: [{ key: { section: 'config', name: 'lr' }, op: '>', value: 1 }] },
        theirs: { kept: true },
      },
    ],
  },
} as unknown as JsonObject
const setsOf = (spec: JsonObject) => objectAt(spec, 'section').runSets as readonly JsonObject[]
const change = (spec: JsonObject, edit: (sets: readonly WorkspaceRunSet[]) => RunSetsEdit): JsonObject => {
  const workspace = readWorkspace(spec)
  return writeWorkspace({ ...workspace, runSets: edit(workspace.runSets).runSets })
}
const own = { entity: 'ada', project: 'digits' }
const names = (spec: JsonObject) => readWorkspace(spec).runSets.map(({ name }) => name)

describe('sets of runs', () => {
  test('are read from W&B, and written as they were', () => {
    expect(readWorkspace(saved).runSets).toMatchObject([
      { id: 'abc', name: 'Small', isEnabled: true, project: undefined, params: { q: 'small' } },
      {
        id: 'def',
        name: 'Large',
        isEnabled: false,
        project: { entity: 'ada', project: 'other' },
        params: { q: 'config.lr > 1' },
      },
    ])
    expect(writeWorkspace(readWorkspace(saved))).toEqual(saved)
  })

  test('are changed one by one, and keep what is not ours', () => {
    const [small, large] = setsOf(saved) as [JsonObject, JsonObject]
    expect(setsOf(change(saved, (sets) => changeRunSet(sets, 'def', { isEnabled: true, name: 'Big' })))).toEqual([
      small,
      { ...large, enabled: true, name: 'Big' },
    ])
    expect(setsOf(change(saved, (sets) => moveRunSet(sets, 'def', -1)))).toEqual([large, small])
    expect(setsOf(change(saved, (sets) => removeRunSet(sets, 'abc')))).toEqual([large])
    expect(setsOf(change(saved, (sets) => duplicateRunSet(sets, 'abc', 'new')))).toEqual([
      small,
      { ...small, id: 'new', name: 'Small copy' },
      large,
    ])
    expect(setsOf(change(saved, (sets) => addRunSet(sets, 'new'))).at(-1)).toEqual({
      id: 'new',
      name: 'Run set 3',
      enabled: true,
    })
    expect(change(saved, (sets) => moveRunSet(sets, 'abc', -1))).toEqual(saved)
  })

  test('of another project are written as W&B writes them, and come back', () => {
    const other = { entity: 'ana', project: 'vision' }
    const added = change(saved, (sets) => addRunSet(sets, 'new', other))
    const json = { id: 'new', name: 'vision', enabled: true, project: { entityName: 'ana', name: 'vision' } }
    expect(setsOf(added).at(-1)).toEqual(json)
    const again = readWorkspace(added).runSets.at(-1)!
    expect(again.project).toEqual(other)
    const filtered = change(added, (sets) => ({
      runSets: sets.map((set) => (set.id === 'new' ? { ...set, params: { q: 'lr < 1', r: '10~~a' } } : set)),
    }))
    const locate: LocateKey = (_, project) => (project?.project === 'vision' ? 'config' : 'summary')
    const located = writeWorkspace(readWorkspace(filtered), locate)
    expect(setsOf(located).at(-1)).toMatchObject({ ...json, selections: { root: 1, tree: ['a'] } })
    expect(readWorkspace(located).runSets.at(-1)!.params).toEqual({ q: 'lr < 1', r: '10~~a' })
    const compared = change(added, (sets) => ({
      runSets: sets.map((set) => ({ ...set, params: { b: set.id === 'new' ? 'ada/digits/r1' : 'r2' } })),
    }))
    expect(setsOf(compared).map(({ baselineRunId }) => baselineRunId)).toEqual([
      'r2',
      'r2',
      btoa('Run:v1:r1:digits:ada'),
    ])
    expect(readWorkspace(compared).runSets.at(-1)!.params).toEqual({ b: 'ada/digits/r1' })
    expect(setsOf(change(added, (sets) => duplicateRunSet(sets, 'new', 'copy'))).at(-1)).toEqual({
      ...json,
      id: 'copy',
      name: 'vision copy',
    })
  })

  test('are where their project is, unless the view came from a server on which the own one had another name', () => {
    const at = (entity: string, project: string) => ({ entity, project })
    const sets = (...projects: readonly (typeof own | undefined)[]) =>
      projects.map((project, index) => ({ id: String(index), project }))
    const placesOf = (of: ReturnType<typeof sets>) => of.map((set) => runSetAddress(of, set, own))
    const fork = at('ana', 'digits')
    expect(placesOf(sets(undefined, own, fork))).toEqual([own, own, fork])
    expect(placesOf(sets(at('acme', 'digits-2')))).toEqual([own])
    // What is of the same entity is here.
    expect(placesOf(sets(at(own.entity, 'other')))).toEqual([at(own.entity, 'other')])
    const copied = sets(at('acme', 'digits'), at('acme', 'other'), at('acme', 'digits'))
    expect(placesOf(copied)).toEqual([own, at('acme', 'other'), own])
    expect(otherProjects(copied, copied, own)).toEqual([at('acme', 'other')])
    const mixed = sets(own, fork, fork)
    expect(otherProjects(mixed, mixed.slice(1), own)).toEqual([fork])
    expect(mixed.map(({ id }) => isRunSetRemovable(mixed, id, own))).toEqual([false, true, true])
    expect(isRunSetRemovable(sets(undefined, own), '0', own)).toBe(true)
  })

  test('keep what W&B has no words for, in whatever order they are put', () => {
    const params = { r: '10~a', q: 'notes-word and lr < 1', col: 'summary.loss' }
    const written = change(saved, (sets) => ({ runSets: sets.map((set) => ({ ...set, params })) }))
    const turned = change(written, (sets) => moveRunSet(sets, 'abc', 1))
    expect(readWorkspace(turned).runSets.map(({ id, params: said }) => [id, said])).toEqual([
      ['def', params],
      ['abc', params],
    ])
    // What a program of W&B writes into one of them since then counts.
    const [first, second] = setsOf(turned) as [JsonObject, JsonObject]
    const theirs = {
      section: { ...objectAt(turned, 'section'), runSets: [first, { ...second, search: { query: 'x' } }] },
    }
    expect(readWorkspace(theirs).runSets[1]!.params).toEqual({ ...params, q: 'x and summary.lr < 1' })
  })

  test('of a view that was saved when it had one alone have what was kept beside its charts', () => {
    const told = { q: 'small' }
    const before = {
      section: { ...objectAt(saved, 'section'), lossline: { params: { q: 'small', r: '10~a', x: 'wall' }, told } },
    } as JsonObject
    const workspace = readWorkspace(before)
    expect([workspace.params, workspace.runSets[0]!.params]).toEqual([{ x: 'wall' }, { q: 'small', r: '10~a' }])
    expect(writeWorkspace(workspace)).toEqual(before)
    const renamed = change(before, (sets) => changeRunSet(sets, 'def', { name: 'Big' }))
    const again = readWorkspace(renamed)
    expect([again.params, again.runSets[0]!.params]).toEqual([{ x: 'wall' }, { q: 'small', r: '10~a' }])
  })

  test('have names and ids of their own, and one is always there', () => {
    const twins = { section: { runSets: [{ id: 'a' }, { id: 'a', name: ' ' }, 7] } } as unknown as JsonObject
    expect(readWorkspace(twins).runSets.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'Run set'],
      ['a 2', 'Run set 2'],
      ['set-3', 'Run set 3'],
    ])
    expect(writeWorkspace(readWorkspace(twins))).toEqual(twins)
    expect(removeRunSet(readWorkspace({}).runSets, 'set-1').runSets).toHaveLength(1)
  })

  test('draw a run alone, or not any more, in the set that it is of', () => {
    const { runSets } = readWorkspace(saved)
    const selections = (sets: readonly WorkspaceRunSet[]) => sets.map(({ params }) => params.r)
    const before = runSelections(runSets)
    // The second set is of another project: there a run of the same id is another one.
    const [a, b, c, d] = ['a', 'ada/other/a', 'c', 'ada/other/d'] as const
    const drawnIn = new Map([
      [a, 'abc'],
      [b, 'def'],
    ])
    const idIn = runIdIn(runSets, own)
    const only = selectRuns(runSets, onlyRuns(runSets, [b], { drawnIn, idIn })).runSets
    expect(selections(only)).toEqual(['none', 'none~a'])
    expect(selectRuns(only, before).runSets).toEqual(runSets)
    const both = onlyRuns(runSets, [a, b], { drawnIn, idIn })
    expect(selections(selectRuns(runSets, both).runSets)).toEqual(['none~a', 'none~a'])
    const hide = shownRuns(runSets, [a, b, c], { isShown: false, drawnIn, idIn, otherwise: 'abc' })
    const hidden = selectRuns(runSets, hide).runSets
    expect(selections(hidden)).toEqual(['10~~a,c', '10~~a'])
    // What is hidden comes back where it is hidden; what nobody has named goes to a set of its project.
    const options = { isShown: true, drawnIn: new Map(), idIn, otherwise: 'abc' }
    const show = shownRuns(hidden, [b, d], options)
    expect(selections(selectRuns(hidden, show).runSets)).toEqual(['10~~a,c', '10~a,d'])
  })

  test('come back from JSON as they were edited, whatever was done', () => {
    const id = fc.constantFrom('abc', 'def', 'n1', 'n2')
    const edit = fc.oneof(
      id.map((of) => (sets: readonly WorkspaceRunSet[]) => moveRunSet(sets, of, 1)),
      id.map((of) => (sets: readonly WorkspaceRunSet[]) => moveRunSet(sets, of, -1)),
      id.map((of) => (sets: readonly WorkspaceRunSet[]) => removeRunSet(sets, of)),
      id.map((of) => (sets: readonly WorkspaceRunSet[]) => changeRunSet(sets, of, { isEnabled: false })),
      fc.tuple(id, fc.constantFrom('lr > 1', 'x y', '')).map(([of, q]) => (sets: readonly WorkspaceRunSet[]) => ({
        runSets: sets.map((set) => (set.id === of ? { ...set, params: q === '' ? {} : { q } } : set)),
      })),
      id.map(
        (of) => (sets: readonly WorkspaceRunSet[]) =>
          sets.some((set) => set.id === of) ? { runSets: sets } : addRunSet(sets, of),
      ),
    )
    const said = (sets: readonly WorkspaceRunSet[]) =>
      sets.map(({ id: own, name, isEnabled, project, params }) => ({ own, name, isEnabled, project, params }))
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const workspace = readWorkspace(saved)
        const runSets = edits.reduce((sets, one) => one(sets).runSets, workspace.runSets)
        expect(said(readWorkspace(writeWorkspace({ ...workspace, runSets })).runSets)).toEqual(said(runSets))
      }),
      { numRuns: 200 },
    )
    expect(names(saved)).toEqual(['Small', 'Large'])
  })
})
