import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, objectAt } from './json.ts'
import { readWorkspace } from './read-workspace.ts'
import { readRunSetQuery, writeRunSetQuery } from './run-set-query.ts'
import { emptyWorkspace, type Workspace, type WorkspaceRunSet } from './workspace.ts'
import { pageParams, paramsOf } from './workspace-address.ts'
import { writeWorkspace } from './write-workspace.ts'

/** What wandb-workspaces 0.4 saves of a view with filters, groups, an order, columns, and settings of runs. */
const saved = {
  section: {
    panelBankConfig: {},
    panelBankSectionConfig: {},
    customRunColors: {
      g0: '#ff00aa',
      g1: '',
      g2: 'red; background: url(x)',
      'run-color-group:%22%22:%5B%5D': '#00ff00',
      ref: { type: 'run-colors' },
    },
    name: '',
    runSets: [
      {
        id: 'abc',
        runFeed: {
          version: 2,
          columnVisible: { 'run:displayName': true, 'summary:loss': true, 'config:lr': true, 'keys_info:loss': true },
          columnPinned: { 'run:displayName': true, 'summary:loss': true },
          columnWidths: { 'config:lr': 90 },
          columnOrder: ['run:displayName', 'config:lr', 'summary:loss'],
          pageSize: 10,
          onlyShowSelected: false,
        },
        enabled: true,
        name: 'Run set',
        search: { query: 'swift' },
        filters: {
          filterFormat: 'filterV2',
          filters: [
            { key: { section: 'config', name: 'lr' }, op: '>=', value: 0.01, disabled: false },
            { key: { section: 'run', name: 'state' }, op: '!=', value: 'crashed', disabled: false, connector: 'AND' },
            { key: { section: 'summary', name: 'loss' }, op: '<=', value: 0.2, disabled: false, connector: 'OR' },
          ],
        },
        grouping: [{ section: 'config', name: 'net.value.depth' }],
        sort: { keys: [{ key: { section: 'summary', name: 'loss' }, ascending: true }] },
        selections: { root: 1, bounds: [], tree: ['g1'] },
        expandedRowAddresses: [],
        baselineRunId: 'UnVuOnYxOmczOnNlYXJjaGVzOmxvY2Fs',
      },
      { id: 'second', name: 'Others', enabled: false, filters: { op: 'OR', filters: [] } },
    ],
  },
} as unknown as JsonObject

const runSetOf = (spec: JsonObject): JsonObject => (objectAt(spec, 'section').runSets as JsonObject[])[0]!
/** A workspace of whose page the address says so. */
const workspaceOf = (params: Workspace['params']): Workspace => ({
  ...emptyWorkspace,
  params: paramsOf('charts', params),
  runSets: [{ ...emptyWorkspace.runSets[0]!, params: paramsOf('runs', params) }],
})
const paramsOfPage = (spec: JsonObject) => pageParams(readWorkspace(spec), undefined)
const locate = (name: string) => (name === 'lr' ? ('config' as const) : ('summary' as const))

describe("a view that W&B's library has saved", () => {
  test('opens with what it says of runs', () => {
    const { runSets, runColors } = readWorkspace(saved)
    const [{ params, isFilterWhole }] = runSets as [WorkspaceRunSet]
    expect(params).toMatchObject({
      q: 'swift and (config.lr >= 0.01 and state != crashed or summary.loss <= 0.2)',
      g: 'config.net.depth',
      s: '+summary.loss',
      col: 'summary.loss,config.lr',
      b: 'g3',
      r: '10~~g1',
    })
    expect(isFilterWhole).toBe(true)
    // What is no colour, or of a group, is kept and not used.
    expect([...runColors]).toEqual([['g0', '#ff00aa']])
    expect(writeWorkspace(readWorkspace(saved))).toEqual(saved)
  })

  test('is told what is changed here, and keeps the rest', () => {
    const workspace = readWorkspace(saved)
    const [set, other] = workspace.runSets as [WorkspaceRunSet, WorkspaceRunSet]
    const { r: _, ...params } = set.params
    const next = {
      ...params,
      q: 'lr < 0.5 and not tags has old',
      g: 'config.net.depth,config.lr,run.group',
      col: 'config.lr,run.user',
    }
    const written = writeWorkspace({ ...workspace, runSets: [{ ...set, params: next }, other] }, locate)
    const [first, second] = objectAt(written, 'section').runSets as [JsonObject, JsonObject]
    expect(first).toEqual({
      ...runSetOf(saved),
      search: { query: '' },
      filters: {
        filterFormat: 'filterV2',
        filters: [
          { key: { section: 'config', name: 'lr' }, op: '<', value: 0.5, disabled: false, connector: 'AND' },
          { key: { section: 'run', name: 'tags' }, op: 'NIN', value: ['old'], disabled: false, connector: 'AND' },
        ].map(({ connector, ...leaf }, index) => (index === 0 ? leaf : { ...leaf, connector })),
      },
      grouping: [
        { section: 'config', name: 'net.value.depth' },
        { section: 'config', name: 'lr.value' },
        { section: 'run', name: 'group' },
      ],
      runFeed: {
        ...objectAt(runSetOf(saved), 'runFeed'),
        columnVisible: {
          'run:displayName': true,
          'summary:loss': false,
          'config:lr': true,
          'keys_info:loss': true,
          'run:username': true,
        },
        columnPinned: { 'run:displayName': true, 'summary:loss': false },
        columnOrder: ['run:displayName', 'config:lr', 'run:username'],
      },
      selections: { root: 1, bounds: [], tree: [] },
      lossline: { params: next, told: expect.objectContaining({ g: next.g }) },
    })
    expect(second).toEqual((objectAt(saved, 'section').runSets as JsonObject[])[1])
    expect(paramsOfPage(written)).toEqual(next)
  })

  test('that W&B has changed since counts, and what W&B has no word for stays', () => {
    const params = { q: 'notes-word and lr < 1 and has(loss)', sm: 'twema:0.5', ly: '1', s: '-config.lr' }
    const written = writeWorkspace(workspaceOf(params), locate)
    const section = objectAt(written, 'section')
    const [runSet] = section.runSets as [JsonObject]
    const changed = {
      ...written,
      section: {
        ...section,
        runSets: [{ ...runSet, sort: { keys: [] }, grouping: [{ section: 'run', name: 'group' }] }],
      },
    } as JsonObject
    const { s: _, ...rest } = params
    expect(paramsOfPage(changed)).toEqual({ ...rest, g: 'run.group' })
  })

  test('says when some of its filter has no words here', () => {
    const spec = {
      section: {
        runSets: [{ filters: { filterFormat: 'filterV2', filters: [{ key: { section: 'x', name: 'y' } }] } }],
      },
    } as unknown as JsonObject
    expect(readWorkspace(spec)).toMatchObject({ params: {}, runSets: [{ isFilterWhole: false, params: {} }] })
    expect(writeWorkspace(readWorkspace(spec))).toEqual(spec)
  })
})

/** Queries, and how they read after W&B's form had them. */
const examples: readonly (readonly [text: string, again: string])[] = [
  [
    'loss < 0.3 and config.lr in [1e-3, 3e-4] and state = finished',
    'summary.loss < 0.3 and config.lr in [0.001, 0.0003] and state = finished',
  ],
  ['tags has baseline or not user = ana', 'tags has baseline or user != ana'],
  [
    'created > -7d and summary.acc.max >= 0.9 and has(config.optim.betas)',
    'created > -7d and summary.acc.max >= 0.9 and has(config.optim.betas)',
  ],
  ['swift owl', 'swift owl'],
  ['name ~ /resnet.*50/', 'name ~ /resnet.*50/'],
  ['lr > 0.1 and swift', 'swift and config.lr > 0.1'],
]

describe('filters of run sets', () => {
  test.each(examples)('%s', (text, again) => {
    const read = readRunSetQuery(writeRunSetQuery({}, text, locate))
    expect(read).toEqual({ query: again, isWhole: true })
  })

  test('what W&B has no words for comes back all the same, from what is ours', () => {
    const q = 'tags has baseline or name ~ /resnet.*50/ and not user = ana'
    const written = writeWorkspace(workspaceOf({ q }))
    // More runs, never fewer.
    expect(readRunSetQuery(runSetOf(written)).query).toBe('tags has baseline or user != ana')
    expect(readWorkspace(written)).toMatchObject({ runSets: [{ params: { q }, isFilterWhole: true }] })
  })

  test('a search for a pattern, and two that only one can be', () => {
    expect(readRunSetQuery({ search: { query: '^a.b', isRegex: true } }).query).toBe('name ~ /^a.b/')
    const runSet = writeRunSetQuery({ search: { query: 'a', isRegex: true } }, 'b', locate)
    expect(runSet.search).toEqual({ query: 'b', isRegex: false })
    const two = writeRunSetQuery({}, 'name ~ /a/ and name ~ /b/', locate)
    expect([two.search, isObject(two.filters)]).toEqual([{ query: 'a', isRegex: true }, true])
  })

  test('a query with a fault changes nothing', () => {
    const before = runSetOf(saved)
    expect(writeRunSetQuery(before, 'lr <', locate)).toBe(before)
  })
})
