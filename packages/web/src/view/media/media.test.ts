import type { ArtifactTypeInfo, MediaKey, TableCellValue } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { searchTypes, sortAliases } from '../artifacts/artifact-lists.ts'
import { usageSnippets } from '../artifacts/artifact-snippets.ts'
import { binValues, heatShares, histogramBars, labelledColumns } from '../chart/histogram-shape.ts'
import { filePreview } from '../files/file-preview.ts'
import { groupKeys } from '../runs/group-keys.ts'
import { cellText, columnWidth, exactText } from '../tables/cell-text.ts'
import { formatBytes } from '../text/bytes.ts'
import { shellWord } from '../text/shell-word.ts'
import { plainLook } from './media-look.ts'
import { mediaCodec, tablesCodec } from './media-state.ts'
import { askedStep, sliderIndex, stepBefore, stepBeside, stepNote, stepOf, unionSteps } from './media-steps.ts'

const mediaKey = (key: string, steps: readonly number[] = [0]): MediaKey => ({
  key,
  kind: 'image',
  typeName: 'image-file',
  steps,
})

test('a key shows the asked step, else the one before it, never a later one; by default its newest', () => {
  const key = mediaKey('a', [10, 20, 30])
  expect([undefined, 5, 10, 29, 30, 99].map((asked) => stepOf(key, asked))).toEqual([30, undefined, 10, 20, 30, 30])
  expect(stepOf(mediaKey('none', []), 5)).toBeUndefined()
  expect([undefined, 20, 25].map((asked) => stepNote(stepOf(key, asked), asked))).toEqual([
    'step 30',
    'step 20',
    'step 20 (asked 25)',
  ])
  expect(stepNote(stepOf(key, 5), 5)).toBe('no sample at or before step 5')
  // What came before a step, also before one that was never logged.
  expect([10, 20, 29, 30].map((step) => stepBefore(key, step))).toEqual([undefined, 10, 20, 20])
})

test('on another axis a key shows the last step of the largest value that is not above the asked one', () => {
  const values = [1, 1, null, 2, 4, 3]
  const key = { ...mediaKey('a', [10, 20, 30, 40, 50, 60]), axis: { key: 'train/epoch', values } }
  expect(unionSteps([key, { ...mediaKey('b', [5]), axis: { key: 'train/epoch', values: [2.5] } }])).toEqual([
    1, 2, 2.5, 3, 4,
  ])
  expect([undefined, 0, 1, 2.9, 3, 9].map((asked) => stepOf(key, asked))).toEqual([60, undefined, 20, 40, 60, 50])
  expect([undefined, 0, 1, 2.9].map((asked) => stepNote(stepOf(key, asked), asked, key))).toEqual([
    'train/epoch 3, step 60',
    'no sample at or before train/epoch 0',
    'train/epoch 1, step 20',
    'train/epoch 2, step 40 (asked 2.9)',
  ])
  // A run that never logged the metric with its media shows its newest, and nothing where a value is asked for.
  const without = { ...mediaKey('c', [7]), axis: { key: 'train/epoch', values: [null] } }
  expect([unionSteps([without]), stepOf(without, undefined), stepOf(without, 3)]).toEqual([[], 7, undefined])
})

test('the slider stands only where there is data, and at its end follows the newest', () => {
  const steps = unionSteps([mediaKey('a', [1, 5]), mediaKey('b', [5, 3])])
  expect(steps).toEqual([1, 3, 5])
  expect([undefined, 0, 1, 4, 5].map((asked) => sliderIndex(steps, asked))).toEqual([2, 0, 0, 1, 2])
  expect([-1, 0, 1, 2].map((index) => askedStep(steps, index))).toEqual([1, 1, 3, undefined])
})

test('a step back or forward goes to the next one that some slider of the page has', () => {
  const steps = unionSteps([mediaKey('a', [1, 5]), mediaKey('b', [3])])
  expect([undefined, 5, 4, 3, 1].map((asked) => stepBeside(steps, asked, -1))).toEqual([3, 3, 3, 1, 1])
  expect([undefined, 4, 3, 1, 0].map((asked) => stepBeside(steps, asked, 1))).toEqual([
    undefined,
    undefined,
    undefined,
    3,
    1,
  ])
  // Before the first of all steps there is nothing to go back to.
  expect([0, -1].map((asked) => stepBeside(steps, asked, -1))).toEqual([0, -1])
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
    { search: '', step: undefined, axis: undefined, size: 'm', isOverSteps: false, look: plainLook },
    { search: 'a&b', step: 0.5, axis: 'epoch', size: 'l', isOverSteps: true, look: { ...plainLook, texts: 'raw' } },
  ] as const
  for (const state of states) expect(mediaCodec.parse(mediaCodec.stringify(state))).toEqual(state)
  expect(mediaCodec.stringify(states[0])).toEqual({})
  expect(mediaCodec.parse({ step: '1e99', size: 'huge' })).toEqual(states[0])
  for (const table of [
    { key: 't', step: 3, otherStep: 0 },
    { key: undefined, step: undefined, otherStep: undefined },
  ]) {
    expect(tablesCodec.parse(tablesCodec.stringify(table))).toEqual(table)
  }
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

test('labels below columns are equally many columns apart, and few', () => {
  expect([1, 4, 5, 6, 9, 41, 128].map(labelledColumns)).toEqual([
    [0],
    [0, 1, 2, 3],
    [0, 2, 4],
    [0, 2, 4],
    [0, 5],
    [0, 20, 40],
    [0, 50, 100],
  ])
  for (let count = 1; count < 2000; count += 1) {
    expect(labelledColumns(count).length).toBeLessThanOrEqual(4)
    expect(labelledColumns(count).at(-1)).toBeLessThan(count)
  }
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
  const name = 'local/it\'s "odd"/a\\b:v0'
  const snippets = usageSnippets(version, 'http://localhost')
  for (const { id, text } of snippets) expect(text).toContain(id === 'shell' ? shellWord(name) : JSON.stringify(name))
  expect(snippets.at(-1)?.text).toMatch(/^WANDB_BASE_URL=\S+localhost\S* wandb artifact get /)
})
