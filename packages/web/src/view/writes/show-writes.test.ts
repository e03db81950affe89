import { expect, test } from 'vitest'
import { refusalText } from './refusal-text.ts'
import {
  isStopOf,
  metricNoteWrite,
  projectEditWrite,
  runEditWrite,
  runStopWrite,
  runsChangeWrite,
  runsMoveWrite,
} from './run-writes.ts'
import { keysOfEdit, showWrites } from './show-writes.ts'
import { waitingText } from './waiting-writes.ts'

const at = { entity: 'e', project: 'p' }
const id = 'w'
const page = {
  total: 3,
  runs: ['a', 'b', 'c'].map((runId) => ({ runId, displayName: runId, notes: '', tags: ['old'], color: '' })),
}
const rename = { ...runEditWrite(at, { runId: 'a', name: 'a' }, { displayName: 'best', tags: ['x'] }), id }

test('an edit shows in lists and on the page of its run, and nowhere else', () => {
  const list = showWrites(['runs', 'e', 'p', {}], page, [rename]) as typeof page
  expect(list.runs[0]).toMatchObject({ displayName: 'best', tags: ['x'] })
  expect(list.runs[1]).toBe(page.runs[1])
  // What shows already is the same object.
  expect(showWrites(['runs', 'e', 'p', {}], list, [rename])).toBe(list)
  expect(showWrites(['run', 'e', 'p', 'a'], { run: page.runs[0] }, [rename])).toMatchObject({
    run: { displayName: 'best' },
  })
  const others = [
    ['run', 'e', 'p', 'b'],
    ['runs', 'e', 'other'],
    ['runs', 'e', 'p', 'trash'],
    ['run-count', 'e', 'p'],
  ]
  for (const key of others) expect(showWrites(key, page, [rename])).toBe(page)
})

test('changes of many add up in their order, and what is deleted leaves', () => {
  const tag = { ...runsChangeWrite(at, { of: { runIds: ['a', 'b'] }, addTags: ['new'], removeTags: ['old'] }), id }
  const trash = { ...runsChangeWrite(at, { of: { runIds: ['b'] }, action: 'trash' }), id }
  const list = showWrites(['runs', 'e', 'p'], page, [rename, tag, trash]) as typeof page
  expect([list.total, list.runs.map(({ tags }) => tags)]).toEqual([2, [['x', 'new'], ['old']]])
  expect([tag.what, trash.what]).toEqual(['tag 2 runs new', 'move 1 run to trash'])
})

test('runs that move leave the list, and what only the server knows shows later', () => {
  const move = { ...runsMoveWrite(at, ['b'], 'archive'), id }
  const list = showWrites(['runs', 'e', 'p'], page, [move]) as typeof page
  expect([list.total, list.runs.map(({ runId }) => runId)]).toEqual([2, ['a', 'c']])
  expect(showWrites(['runs', 'e', 'archive'], page, [move])).toBe(page)
  const found = { ...runsChangeWrite(at, { of: { filter: { state: 'failed' } }, addTags: ['new'] }), id }
  const stop = { ...runStopWrite(at, { runId: 'a', name: 'calm-river' }), id }
  const note = { ...metricNoteWrite(at, { metric: 'loss', unit: 'nats' }), id }
  expect(showWrites(['runs', 'e', 'p'], page, [found, stop, note])).toBe(page)
  const stopped = { run: { runId: 'a', tags: [], isStopRequested: false } }
  const stopMany = { ...runsChangeWrite(at, { of: { runIds: ['a', 'b'] }, action: 'stop' }), id }
  for (const write of [stop, stopMany]) {
    expect(showWrites(['run', 'e', 'p', 'a'], stopped, [write])).toEqual({
      run: { ...stopped.run, isStopRequested: true },
    })
    expect(['a', 'c'].map((runId) => isStopOf(write, { ...at, runId }))).toEqual([true, false])
  }
  expect([move, found, stop, note].map(({ what }) => what)).toEqual([
    'move 1 run to archive',
    'tag all runs that match new',
    'ask calm-river to stop',
    'save what is said of loss',
  ])
  // Asked for anew once they are sent.
  expect(note.shows.flatMap(keysOfEdit)).toEqual([
    ['metrics', 'e', 'p'],
    ['metric-note', 'e', 'p'],
  ])
  expect(found.shows.flatMap(keysOfEdit)).toContainEqual(['runs', 'e', 'p'])
})

test('a project shows its new description, and home its tags', () => {
  const edit = { ...projectEditWrite(at, { tags: ['t'] }), id }
  const project = { entity: 'e', project: 'p', description: '', tags: [] }
  expect(showWrites(['project', 'e', 'p'], { project }, [edit])).toEqual({ project: { ...project, tags: ['t'] } })
  expect(showWrites(['projects'], { projects: [project] }, [edit])).toEqual({ projects: [{ ...project, tags: ['t'] }] })
})

test('a refusal says what it was, why, and what to do', () => {
  expect(refusalText(rename, { message: 'Run "a" of e/p was deleted.', hint: 'Restore it.' }, true)).toBe(
    'Made offline, and refused now: could not rename a to best. Run "a" of e/p was deleted. Restore it.',
  )
  expect(refusalText(rename, { message: 'No.', status: 403 }, false)).toBe(
    'Could not rename a to best. No. Ask somebody who may edit this project.',
  )
  expect([waitingText(1), waitingText(3)]).toEqual(['1 change waits', '3 changes wait'])
})
