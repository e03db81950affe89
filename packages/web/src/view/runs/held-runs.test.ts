import { expect, test } from 'vitest'
import { holdRuns } from './held-runs.ts'

interface Run {
  readonly runId: string
  readonly step: number
}
const list = (ids: string, step = 0, total = ids.length) => ({
  total,
  runs: [...ids].map((runId): Run | undefined => (runId === '.' ? undefined : { runId, step })),
})
const said = ({ total, runs, newCount }: ReturnType<typeof holdRuns<Run>>) => [
  runs.map((run) => run?.runId ?? '.').join(''),
  total,
  newCount,
]

test('runs that come are counted and move nothing, wherever the order would have them', () => {
  expect(said(holdRuns(list('abc'), list('xyabc')))).toEqual(['abc', 3, 2])
  expect(said(holdRuns(list('abc'), list('axbc')))).toEqual(['abc', 3, 1])
  expect(said(holdRuns(list('abc'), list('abc')))).toEqual(['abc', 3, 0])
})

test('runs keep their places when their order changes, and show what is known of them now', () => {
  const held = holdRuns(list('abc'), list('cab', 7))
  expect(said(held)).toEqual(['abc', 3, 0])
  expect(held.runs.map((run) => run?.step)).toEqual([7, 7, 7])
})

test('runs that have gone stay as they were seen', () => {
  const held = holdRuns(list('abc'), list('ac', 7))
  expect(said(held)).toEqual(['abc', 3, 0])
  expect(held.runs.map((run) => run?.step)).toEqual([7, 0, 7])
})

test('what is loaded while somebody looks comes behind, none of it twice', () => {
  expect(said(holdRuns(list('abc...', 0), list('abcdef', 0)))).toEqual(['abcdef', 6, 0])
  // Two have come above: the first page ends two runs earlier.
  expect(said(holdRuns(list('abc...'), list('xyabc...', 0)))).toEqual(['abc...', 6, 2])
  expect(said(holdRuns(list('abc...'), list('xyabcdef', 0)))).toEqual(['abcdef', 6, 2])
  // One that was further down has moved up meanwhile: the last of those above is not listed again.
  expect(said(holdRuns(list('abc...'), list('dabcef')))).toEqual(['abc.ef', 6, 0])
})
