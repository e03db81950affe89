import { expect, test } from 'vitest'
import { jumpListFrom, toJumpParts } from './jump-list.ts'

const panels = (...titles: readonly string[]) => titles.map((title) => ({ title }))
const numbered = (start: string, count: number) => Array.from({ length: count }, (_, i) => `${start}${i}`)
const labels = (titles: readonly string[]) => toJumpParts(panels(...titles)).map(({ label, index }) => [label, index])

test('only long sections have parts', () => {
  expect(labels(numbered('a/b/c', jumpListFrom))).toEqual([])
})

test('parts are by what comes behind the names that all panels share', () => {
  const layers = [...numbered('grad/layer_1/w', 40), ...numbered('grad/layer_2/w', 40)]
  expect(labels(layers)).toEqual([
    ['grad/layer_1', 0],
    ['grad/layer_2', 40],
  ])
  expect(labels([...layers, 'grad/norm'])).toEqual([
    ['grad/layer_1', 0],
    ['grad/layer_2', 40],
    ['norm', 80],
  ])
  const deep = [...numbered('grad/encoder/a/w', 40), ...numbered('grad/encoder/b/w', 40)]
  expect(labels(deep)).toEqual([
    ['grad/encoder/a', 0],
    ['grad/encoder/b', 40],
  ])
})

test('names of two parts are told by their letters', () => {
  const titles = ['a', 'b', 'c'].flatMap((letter) => numbered(`many/${letter}`, 30))
  expect(labels(titles)).toEqual([
    ['a', 0],
    ['b', 30],
    ['c', 60],
  ])
  expect(labels(titles.map((title) => title.slice('many/'.length)))).toEqual(labels(titles))
})

test('words that are all different are told by their first letter', () => {
  const word = (i: number) => `${'xy'[i % 2]}${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`
  expect(labels(Array.from({ length: 80 }, (_, i) => `many/${word(i)}`))).toEqual([
    ['x', 0],
    ['y', 1],
  ])
})

test('names that begin alike are told by their places', () => {
  expect(labels(numbered('many/m', 65))).toEqual([
    ['m0 – m19', 0],
    ['m20 – m39', 20],
    ['m40 – m59', 40],
    ['m60 – m64', 60],
  ])
  expect(labels(Array.from({ length: 61 }, () => 'loss')).length).toBe(4)
})
