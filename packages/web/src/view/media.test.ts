import type { ArtifactTypeInfo, MediaKey, TableCellValue } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { searchTypes, sortAliases } from './artifact-lists.ts'
import { usageSnippets } from './artifact-snippets.ts'
import { formatBytes } from './bytes.ts'
import { cellText, columnWidth, exactText, shownType } from './cell-text.ts'
import { filePreview } from './file-preview.ts'
import { groupKeys } from './group-keys.ts'
import { binValues, heatShares, histogramBars } from './histogram-shape.ts'
import { mediaCodec, nextSort, tablesCodec, tableViewCodec } from './media-state.ts'
import { askedStep, sliderIndex, stepOf, unionSteps } from './media-steps.ts'

const mediaKey = (key: string, steps: readonly number[] = [0]): MediaKey => ({
  key,
  kind: 'image',
  typeName: 'image-file',
  steps,
})

test('a key shows the asked step, else the one before it, else its first; by default its newest', () => {
  const key = mediaKey('a', [10, 20, 30])
  expect([undefined, 5, 10, 29, 30, 99].map((asked) => stepOf(key, asked))).toEqual([30, 10, 10, 20, 30, 30])
  expect(stepOf(mediaKey('none', []), 5)).toBeUndefined()
})

test('the slider stands only where there is data, and at its end follows the newest', () => {
  const steps = unionSteps([mediaKey('a', [1, 5]), mediaKey('b', [5, 3])])
  expect(steps).toEqual([1, 3, 5])
  expect([undefined, 0, 1, 4, 5].map((asked) => sliderIndex(steps, asked))).toEqual([2, 0, 0, 1, 2])
  expect([-1, 0, 1, 2].map((index) => askedStep(steps, index))).toEqual([1, 1, 3, undefined])
})

test('keys are grouped by their first part, in natural order', () => {
  const keys = ['w/l10', 'plain', 'w/l2', 'a\\.b/x'].map((key) => mediaKey(key))
  const shown = groupKeys(keys, '').map(({ name, keys: members }) => [name, members.map(({ key }) => key)])
  expect(shown).toEqual([
    ['Media', ['plain']],
    ['a.b', ['a\\.b/x']],
    ['w', ['w/l2', 'w/l10']],
  ])
  expect(groupKeys(keys, 'L10')).toHaveLength(1)
})

test('what tabs show is in the address and comes back', () => {
  const states = [
    { search: '', step: undefined, size: 'm', isOverSteps: false },
    { search: 'a&b', step: 0, size: 'l', isOverSteps: true },
  ] as const
  for (const state of states) expect(mediaCodec.parse(mediaCodec.stringify(state))).toEqual(state)
  expect(mediaCodec.stringify(states[0])).toEqual({})
  expect(mediaCodec.parse({ step: '1e99', size: 'huge' })).toEqual(states[0])
  const table = { key: 't', step: 3, sort: '-x', isDescending: true, search: 's', row: 0 }
  expect(tablesCodec.parse(tablesCodec.stringify(table))).toEqual(table)
  expect(tablesCodec.parse(tablesCodec.stringify({ ...table, isDescending: false }))).toMatchObject({ sort: '-x' })
  const { key: _, step: __, ...view } = table
  expect(tableViewCodec.parse(tableViewCodec.stringify(view))).toEqual(view)
  expect(tableViewCodec.parse({ q: 'of the files' })).toMatchObject({ search: '', sort: undefined, row: undefined })
  expect(tablesCodec.parse({})).toMatchObject({ key: undefined, sort: undefined, row: undefined })
})

test('clicks on a head sort up, down, and not at all', () => {
  let state: { sort: string | undefined; isDescending: boolean } = { sort: undefined, isDescending: false }
  const clicks = ['a', 'a', 'a', 'b', 'a'].map((column) => {
    state = nextSort(state, column)
    return state.sort && `${state.sort}${state.isDescending ? '↓' : '↑'}`
  })
  expect(clicks).toEqual(['a↑', 'a↓', undefined, 'b↑', 'a↑'])
})

test('cells say what they hold; texts that look like numbers stay texts', () => {
  const cells: readonly TableCellValue[] = [
    null,
    0.1234567,
    'NaN',
    { kind: 'number', text: 'NaN' },
    false,
    { kind: 'json', value: { a: [1] } },
    { kind: 'image', url: '/x', name: 'x.png', caption: 'a cat' },
  ]
  expect(cells.map(cellText)).toEqual(['–', '0.12346', 'NaN', 'NaN', 'false', '{"a":[1]}', 'a cat'])
  expect(exactText(0.1234567)).toBe('0.1234567')
  expect(exactText({ kind: 'time', timeMs: 0 })).toBe('1970-01-01T00:00:00.000Z')
  const shown = (...cells: readonly TableCellValue[]) => shownType({ name: 'c', type: 'any' }, cells).type
  expect([shown(1, null), shown(true), shown(1, 'a'), shown(), shown(cells[6] ?? null)]).toEqual([
    'number',
    'boolean',
    'any',
    'any',
    'image-file',
  ])
  const width = (text: string) => columnWidth({ name: 'c', type: 'string' }, [text])
  expect(width('a')).toBeLessThan(width('a'.repeat(20)))
  expect(width('a'.repeat(9999))).toBe(width('a'.repeat(99)))
})

test('bars of a histogram lie over their values; nothing is drawn where edges and counts disagree', () => {
  const bars = histogramBars([1, 4], [0, 1, 4])
  expect(bars.map(({ x, width, height }) => [x, width, height])).toEqual([
    [0, 0.25, 0.25],
    [0.25, 0.75, 1],
  ])
  expect(histogramBars([1], [0])).toEqual([])
  expect(histogramBars([0, 0], [1, 1, 1]).map(({ height, width }) => [height, width])).toEqual([
    [0, 0.5],
    [0, 0.5],
  ])
  expect(
    heatShares([
      [4, 1],
      [0, 0],
    ]),
  ).toEqual([
    [1, 0.5],
    [0, 0],
  ])
  expect(binValues([1, 2, 2, Number.NaN, 3], 2)).toEqual({ counts: [1, 3], edges: [1, 2, 3] })
  expect(binValues([7], 2).counts).toEqual([1, 0])
  expect(binValues([], 2)).toEqual({ counts: [], edges: [] })
})

test('sizes are short, previews go by name and size, and odd names are no trouble', () => {
  expect([0, 999, 1000, 406_344, 999_600, 1e15].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '406 kB',
    '1.0 MB',
    '1.0 PB',
  ])
  const names = ['a/b.PNG', 'x.svg', 'page.html', 'README', 'x.constructor', '.json', 'big.json']
  expect(names.map((name) => filePreview(name, name === 'big.json' ? 2e6 : 10))).toEqual([
    'image',
    'text',
    'html',
    'none',
    'none',
    'text',
    'long-text',
  ])
})

test('artifacts are found by name, alias or tag; what clients log by themselves comes last', () => {
  const type = (name: string, collections: readonly string[]): ArtifactTypeInfo => ({
    name,
    collections: collections.map((one) => ({
      name: one,
      kind: 'sequence',
      description: '',
      tags: one === 'cnn' ? ['good'] : [],
      versionCount: 1,
      updatedAtMs: 0,
    })),
  })
  const types = [type('run_table', ['run-1']), type('model', ['v10', 'cnn', 'v9']), type('dataset', [])]
  expect(searchTypes(types, '').map(({ name, collections }) => [name, collections.map((one) => one.name)])).toEqual([
    ['model', ['cnn', 'v9', 'v10']],
    ['run_table', ['run-1']],
  ])
  expect(searchTypes(types, 'GOOD')).toHaveLength(1)
  expect(sortAliases(['best', 'latest', 'a'])).toEqual(['latest', 'a', 'best'])
})

test('snippets quote whatever a name holds', () => {
  const version = {
    id: 1,
    entity: 'local',
    project: 'it\'s "odd"',
    type: 'model',
    collection: 'a\\b',
    version: 'v0',
    aliases: [],
    tags: [],
    digest: '',
    sizeBytes: 0,
    fileCount: 0,
    createdAtMs: 0,
  }
  for (const { text } of usageSnippets(version, 'http://localhost')) {
    expect(text).toContain(JSON.stringify('local/it\'s "odd"/a\\b:v0'))
  }
})
