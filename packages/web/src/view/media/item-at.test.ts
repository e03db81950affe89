import { expect, test } from 'vitest'
import { isReadableText } from '../files/file-kind.ts'
import { itemAt } from './item-at.ts'

test('an item is found by its place, where there is one', () => {
  const items = [
    { url: '/a', name: 'a.html' },
    { url: '/b', name: 'b.html' },
  ]
  expect(itemAt({ kind: 'html', items }, 1)).toEqual({ url: '/b', name: 'b.html' })
  expect(itemAt({ kind: 'html', items }, 2)).toBeUndefined()
  expect(itemAt({ kind: 'histogram', edges: [0, 1], counts: [1] }, 0)).toBeUndefined()
})

test('texts that people read are told by their names; objects in space and figures are none', () => {
  for (const name of ['sample.txt', 'Answer.MD', 'rows.jsonl', 'page_3_ab.html', 'train.py'])
    expect([name, isReadableText(name)]).toEqual([name, true])
  for (const name of ['weights.bin', 'a.png', 'protein.pdb', 'mesh.obj', 'chart.plotly.json', 'txt'])
    expect([name, isReadableText(name)]).toEqual([name, false])
})
