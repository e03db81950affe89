import { expect, test } from 'vitest'
import { heldBackText, holdList, type LoadedList } from './hold-list.ts'

interface Run {
  readonly runId: string
  readonly step: number
}
const list = (ids: string, step = 0, total = ids.length) => ({
  total,
  items: [...ids].map((runId): Run | undefined => (runId === '.' ? undefined : { runId, step })),
})
const hold = (held: LoadedList<Run>, now: LoadedList<Run>, gone = '') =>
  holdList(held, now, { keyOf: ({ runId }) => runId, fateOf: (runId) => (gone.includes(runId) ? 'hidden' : 'shown') })
const said = ({ total, items, kept: _, ...back }: ReturnType<typeof hold>) => [
  items.map((run) => run?.runId ?? '.').join(''),
  total,
  heldBackText(back, 'run'),
]

test('runs that come are counted and move nothing, wherever the order would have them', () => {
  expect(said(hold(list('abc'), list('xyabc')))).toEqual(['abc', 3, '2 new runs'])
  expect(said(hold(list('abc'), list('axbc')))).toEqual(['abc', 3, '1 new run'])
  expect(said(hold(list('abc'), list('abc')))).toEqual(['abc', 3, undefined])
  // Of two lists of the same length, too.
  expect(said(hold(list('abc'), list('xac')))).toEqual(['abc', 3, '1 new run'])
})

test('runs keep their places when their order changes, and show what is known of them now', () => {
  const held = hold(list('abc'), list('cab', 7))
  expect(said(held)).toEqual(['abc', 3, 'Order has changed'])
  expect(held.items.map((run) => run?.step)).toEqual([7, 7, 7])
})

test('runs that no longer match stay as they were seen; those that are deleted leave at once', () => {
  const held = hold(list('abc'), list('ac', 7))
  expect(said(held)).toEqual(['abc', 3, '1 run no longer matches'])
  expect(held.items.map((run) => run?.step)).toEqual([7, 0, 7])
  expect(said(hold(list('abc'), list('ac', 7), 'b'))).toEqual(['ac', 2, undefined])
  expect(said(hold(list('abc'), list('xac', 7), 'b'))).toEqual(['ac', 2, '1 new run'])
  expect(said(hold(list('abc...'), list('ac...'), 'b'))).toEqual(['ac...', 5, undefined])
})

test('a deleted run that is brought back is where it was', () => {
  const { kept } = hold(list('abc'), list('ac'), 'b')
  expect(said(hold(kept, list('bac', 7)))).toEqual(['abc', 3, 'Order has changed'])
  expect(said(hold(hold(list('abc...'), list('ac...'), 'b').kept, list('abc...')))).toEqual(['abc...', 6, undefined])
})

test('one that is brought back while nobody looked at it is put where the list has it', () => {
  const options = {
    keyOf: ({ runId }: Run) => runId,
    fateOf: () => 'shown' as const,
    isWelcome: (id: string) => id === 'b',
  }
  expect(said(holdList(list('ac'), list('abcx'), options))).toEqual(['abc', 3, '1 new run'])
  expect(said(holdList(list('ac...'), list('bac...'), options))).toEqual(['bac...', 6, undefined])
})

test('what is loaded while somebody looks comes behind, none of it twice', () => {
  expect(said(hold(list('abc...', 0), list('abcdef', 0)))).toEqual(['abcdef', 6, undefined])
  // Two have come above: the first page ends two runs earlier.
  expect(said(hold(list('abc...'), list('xyabc...', 0)))).toEqual(['abc...', 6, '2 new runs'])
  expect(said(hold(list('abc...'), list('xyabcdef', 0)))).toEqual(['abcdef', 6, '2 new runs'])
  // One that was further down has moved up meanwhile: the last of those above is not listed again.
  expect(said(hold(list('abc...'), list('dabcef')))).toEqual(['abc.ef', 6, undefined])
})
