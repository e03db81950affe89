import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type Json, type JsonObject, objectAt } from './json.ts'
import { parseWorkspace, readWorkspace } from './read-workspace.ts'
import { emptyWorkspace, type WorkspaceRunSet } from './workspace.ts'
import { pageParams, paramsOf } from './workspace-address.ts'
import { stringifyWorkspace, writeWorkspace } from './write-workspace.ts'

/** Values where W&B has words for them, and any JSON everywhere. */
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>
const maybe = (...likely: fc.Arbitrary<Json>[]): fc.Arbitrary<Json> => fc.oneof(...likely, json)
const record = (shape: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.record(shape, { requiredKeys: [] }), fc.dictionary(fc.string(), json, { maxKeys: 2 }))
    .map(([known, other]) => ({ ...other, ...known }) as JsonObject)
const settings = record({
  xAxis: maybe(fc.constantFrom('_step', '_runtime', '_timestamp', 'epoch')),
  xAxisActive: maybe(fc.boolean()),
  xAxisMin: maybe(fc.double({ noNaN: true })),
  smoothingType: maybe(fc.constantFrom('exponential', 'gaussian', 'average', 'none', 'exponentialTimeWeighted')),
  smoothingWeight: maybe(fc.constantFrom(0, 0.6, 10)),
  smoothingActive: maybe(fc.boolean()),
  ignoreOutliers: maybe(fc.boolean()),
  shouldAutoGeneratePanels: maybe(fc.boolean()),
  lossline: maybe(record({ isLogX: fc.boolean(), sharesYRange: fc.boolean(), smoothingWeight: fc.constant(0.25) })),
})
const panel = record({
  __id__: maybe(fc.constantFrom('a', 'auto:line:loss')),
  viewType: maybe(fc.constantFrom('Run History Line Plot', 'Weave')),
  config: maybe(record({ metrics: fc.constant(['loss']) })),
  isAuto: maybe(fc.boolean()),
})
const section = record({
  name: maybe(fc.constantFrom('Charts', 'Hidden Panels')),
  isOpen: maybe(fc.boolean()),
  pinned: maybe(fc.boolean()),
  sorted: maybe(fc.constantFrom(0, 1, 2)),
  flowConfig: maybe(record({ columnsPerPage: maybe(fc.constantFrom(1, 3, 99)) })),
  localPanelSettings: maybe(settings),
  panels: maybe(fc.array(panel, { maxLength: 3 })),
})
const spec = record({
  section: maybe(
    record({
      panelBankConfig: maybe(
        record({
          settings: maybe(record({ autoOrganizePrefix: fc.constantFrom(1, 2), sortAlphabetically: fc.boolean() })),
          sections: maybe(fc.array(section, { maxLength: 3 })),
        }),
      ),
      settings: maybe(settings),
      workspaceSettings: maybe(record({ shouldAutoGeneratePanels: maybe(fc.boolean()) })),
      runSets: maybe(
        fc.array(
          record({
            search: maybe(record({ query: maybe(fc.string()) })),
            runFeed: maybe(record({ columnWidths: maybe(record({ 'config:lr': fc.constantFrom(1, 90, 'wide') })) })),
            selections: maybe(
              record({ root: maybe(fc.constantFrom(0, 1)), tree: maybe(fc.array(maybe(fc.string()))) }),
            ),
          }),
          { maxLength: 2 },
        ),
      ),
      lossline: maybe(record({ params: maybe(record({ x: fc.string(), sm: fc.string() })) })),
    }),
  ),
})

/** Its JSON may have got what is ours. */
const comparable = ({ source: _, ...set }: WorkspaceRunSet) => set

describe('a spec that is read and written', () => {
  test('is what it was, whatever it holds', () => {
    fc.assert(
      fc.property(spec, (text) => {
        const read = JSON.parse(JSON.stringify(text)) as Json
        expect(writeWorkspace(readWorkspace(isObject(read) ? read : {}))).toEqual(isObject(read) ? read : {})
      }),
      { numRuns: 300 },
    )
  })

  test('keeps everything beside what was changed', () => {
    fc.assert(
      fc.property(spec, fc.boolean(), (text, isAutomatic) => {
        const read = JSON.parse(JSON.stringify(text)) as JsonObject
        const workspace = readWorkspace(read)
        const next = { ...workspace, isAutomatic, sectionBy: 'last', params: { x: 'wall' } } as const
        const written = writeWorkspace(next)
        const { source: _source, sections: _sections, ...rest } = readWorkspace(written)
        const again = { ...rest, runSets: rest.runSets.map(comparable) }
        const { isSorted, runSets, runColors, separated } = workspace
        const params = { x: 'wall' }
        expect(again).toEqual({
          isAutomatic,
          sectionBy: 'last',
          isSorted,
          runSets: runSets.map(comparable),
          runColors,
          separated,
          params,
        })
        const { section: _, ...others } = written
        const { section: _before, ...othersBefore } = read
        expect(others).toEqual(othersBefore)
        expect(readWorkspace(written).sections.map(({ source }) => source)).toEqual(
          workspace.sections.map(({ source }) => source),
        )
      }),
      { numRuns: 150 },
    )
  })
})

test('a text that holds no workspace opens as an empty one, and says why', () => {
  expect(parseWorkspace('{').problem).toMatch(/^It is not JSON/)
  expect(parseWorkspace('[]')).toEqual({ workspace: emptyWorkspace, problem: 'It does not hold a workspace.' })
})

test('an address that was saved comes back as it was, and W&B is told what it has words for', () => {
  const params = {
    q: 'resnet',
    s: '-config.lr',
    g: 'run.group',
    b: 'r1',
    p: 'r2,r1',
    x: 'relative',
    sm: 'twema:0.6',
    lx: '1',
    r: '10~~a,b',
  }
  const workspace = {
    ...emptyWorkspace,
    params: paramsOf('charts', params),
    runSets: [{ ...emptyWorkspace.runSets[0]!, params: paramsOf('runs', params) }],
  }
  const written = writeWorkspace(workspace)
  const again = readWorkspace(JSON.parse(stringifyWorkspace(workspace)) as JsonObject)
  expect(pageParams(again, undefined)).toEqual(params)
  const section = objectAt(written, 'section')
  expect(section.settings).toEqual({
    xAxis: '_runtime',
    xAxisActive: true,
    smoothingType: 'exponentialTimeWeighted',
    // W&B's library takes whole numbers alone.
    smoothingWeight: 0,
    smoothingActive: true,
    lossline: { smoothingWeight: 0.6, isLogX: true },
  })
  expect(section.runSets).toEqual([
    {
      id: 'set-1',
      name: 'Run set',
      enabled: true,
      search: { query: 'resnet' },
      sort: { keys: [{ key: { section: 'config', name: 'lr' }, ascending: false }] },
      grouping: [{ section: 'run', name: 'group' }],
      baselineRunId: 'r1',
      pinnedRunIds: ['r2', 'r1'],
      selections: { root: 1, tree: ['a', 'b'] },
      lossline: { params: workspace.runSets[0]!.params, told: expect.anything() },
    },
  ])
  // As W&B's library gives it back: without what it does not know.
  const { lossline: _, ...foreign } = section
  const runSets = (section.runSets as JsonObject[]).map(({ lossline: _own, ...runSet }) => runSet)
  expect(pageParams(readWorkspace({ section: { ...foreign, runSets } }), undefined)).toEqual(params)
})
