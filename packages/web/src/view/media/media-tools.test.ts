import type { ImageItem, MediaKey, RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { mediaPanel, withGrid } from '../panels/media-panel.ts'
import { formatSeconds, frameSeconds } from './film-time.ts'
import { layerChoices, plainLayers, shownBoxes, toggled } from './layer-view.ts'
import { cellSources, gridPlaces } from './media-grid.ts'
import { mediaTable } from './media-table.ts'
import { waveformColumns } from './waveform.ts'

const box = (classId: number, label: string, scores?: Record<string, number>) => ({
  left: 0,
  top: 0,
  width: 1,
  height: 1,
  classId,
  label,
  ...(scores && { scores }),
})
const image: ImageItem = {
  url: '/a',
  name: 'a.png',
  boxes: [{ name: 'truth', boxes: [box(1, 'cat', { p: 0.2 }), box(2, 'dog', { p: 0.9 }), box(1, 'cat')] }],
  masks: [{ name: 'seen', url: '/m', labels: { 3: 'sky' } }],
}

test('layers, classes and scores of pictures can be chosen', () => {
  expect(layerChoices([image])).toEqual({
    layers: ['seen', 'truth'],
    classes: [
      { id: 1, label: 'cat' },
      { id: 2, label: 'dog' },
      { id: 3, label: 'sky' },
    ],
    hasMasks: true,
    hasBoxes: true,
    scores: [{ name: 'p', low: 0.2, high: 0.9 }],
  })
  expect(layerChoices([{}]).layers).toEqual([])
})

test('boxes of hidden classes and of too low a score are left out; those without a score stay', () => {
  const labels = (view: object) => shownBoxes(image, { ...plainLayers, ...view }).map(({ label }) => label)
  expect(labels({})).toEqual(['cat', 'dog', 'cat'])
  expect(labels({ hiddenClasses: toggled(new Set(), 1) })).toEqual(['dog'])
  expect(labels({ scoreName: 'p', scoreMin: 0.5 })).toEqual(['dog', 'cat'])
  expect(labels({ hiddenLayers: new Set(['truth']) })).toEqual([])
  expect([...toggled(new Set([1, 2]), 1)]).toEqual([2])
})

test('columns of a waveform keep the loudest samples', () => {
  const samples = Float32Array.of(0, 0.5, -1, 0, 0, 0.25)
  expect(waveformColumns(samples, 2)).toEqual([
    [-1, 0.5],
    [0, 0.25],
  ])
  expect(waveformColumns(samples, 100).length).toBe(6)
  expect(waveformColumns(new Float32Array(), 5)).toEqual([])
})

test('the length of a frame is the usual distance between frames, whatever somebody jumped to', () => {
  expect(frameSeconds([0, 0.04, 0.08, 5, 5.04, 5.04, 5.08])).toBeCloseTo(0.04)
  expect(frameSeconds([1])).toBeCloseTo(1 / 30)
  expect([0, 7.256, 720].map(formatSeconds)).toEqual(['0:00.00', '0:07.26', '12:00.00'])
})

const run = (runId: string) => ({ runId }) as RunSummary
const media = (key: string, steps: readonly number[]): MediaKey => ({
  key,
  kind: 'image',
  typeName: 'image-file',
  steps,
})
const found = [
  { run: run('a'), media: media('x', [1, 2, 3]) },
  { run: run('b'), media: media('x', [2]) },
  { run: run('b'), media: media('y', [3]) },
]

test('a cell of the grid has what was logged at both of its places, and nothing of another step', () => {
  expect(gridPlaces('run', found, 1, 9).map(({ value }) => value)).toEqual(['a', 'b'])
  expect(gridPlaces('step', found, 1, 2).map(({ value }) => value)).toEqual([2, 3])
  expect(gridPlaces('index', found, 2, 9).map(({ value }) => value)).toEqual([0, 1])
  expect(gridPlaces('key', found, 1, 9).map(({ value }) => value)).toEqual(['x', 'y'])
  const at = (...places: Parameters<typeof cellSources>[1]) =>
    cellSources(found, places).sources.map(({ run: of, media: { key }, step }) => [of.runId, key, step])
  expect(at({ axis: 'run', value: 'b' }, { axis: 'step', value: 3 })).toEqual([['b', 'y', 3]])
  expect(at({ axis: 'run', value: 'b' }, { axis: 'step', value: 1 })).toEqual([])
  expect(at({ axis: 'key', value: 'x' }, { axis: 'index', value: 1 })).toEqual([
    ['a', 'x', undefined],
    ['b', 'x', undefined],
  ])
  expect(cellSources(found, [{ axis: 'index', value: 1 }]).index).toBe(1)
})

test('W&B’s words for grid and size are read and written; keys as an axis are ours', () => {
  const wandb = { mode: 'grid', gridSettings: { xAxis: 'step', yAxis: 'index', more: 1 }, actualSize: true, page: {} }
  expect(mediaPanel.parse(wandb)).toMatchObject({ grid: { columns: 'step', rows: 'index' }, fit: 'exact' })
  const changed = withGrid(wandb, { columns: 'key', rows: 'run' })
  expect(changed).toMatchObject({ gridSettings: { xAxis: 'index', yAxis: 'run', more: 1 }, page: {} })
  expect(mediaPanel.parse(changed).grid).toEqual({ columns: 'key', rows: 'run' })
  expect(mediaPanel.parse(withGrid(changed, { columns: 'run', rows: 'step' })).grid).toEqual({
    columns: 'run',
    rows: 'step',
  })
  expect(mediaPanel.parse(withGrid(changed, undefined)).grid).toBeUndefined()
  expect(mediaPanel.parse({ mode: 'grid', gridSettings: { xAxis: 'run', yAxis: 'run' } }).grid).toEqual({
    columns: 'run',
    rows: 'step',
  })
  expect(mediaPanel.parse({ columnCount: 3.5, lossline: { pictureHeight: 9999 } })).toMatchObject({
    columnCount: 3,
    fit: 512,
  })
})

test('the table of media has a link to each file', () => {
  const at = { entity: 'e', project: 'p', runId: 'r', runName: 'owl', key: 'k', step: 7, index: 1 }
  expect(mediaTable([{ ...at, kind: 'image', item: image }]).rows).toEqual([
    ['owl', 'k', 7, 2, '', { text: 'a.png', href: '/a' }],
  ])
})
