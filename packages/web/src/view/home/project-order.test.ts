import { expect, test } from 'vitest'
import { togglePinned } from './pinned-projects.ts'
import { orderProjects, progressOf, projectId, tagsOf } from './project-order.ts'

const project = (name: string, updatedAtMs: number, runningCount = 0) => ({
  entity: 'ana',
  project: name,
  runCount: 3,
  runningCount,
  createdAtMs: 0,
  updatedAtMs,
  isSample: false,
  tags: [] as readonly string[],
})
const all = [project('old', 1), project('new', 5), project('busy', 2, 1), project('quiet', 3)]
const order = (search: string, pinned: readonly string[]) => orderProjects(all, search, pinned).map(projectId)

test('pinned projects come first, then those where something runs, then the latest active', () => {
  expect(order('', [])).toEqual(['ana/busy', 'ana/new', 'ana/quiet', 'ana/old'])
  expect(order('', ['ana/old', 'ana/gone'])).toEqual(['ana/old', 'ana/busy', 'ana/new', 'ana/quiet'])
  expect(order(' OLD', [])).toEqual(['ana/old'])
  expect(togglePinned(togglePinned([], 'a/b'), 'a/b')).toEqual([])
})

test('progress is told where the config says how many steps there will be', () => {
  expect(progressOf(49, [null, 100])).toBe(0.5)
  expect(progressOf(500, [100])).toBe(1)
  expect(progressOf(49, [null, 'many', 0])).toBeUndefined()
  expect(progressOf(null, [100])).toBeUndefined()
})

test('projects are found by their tags, and narrowed to those that have all that are chosen', () => {
  const [old, fresh, busy] = all.map((one, index) => ({
    ...one,
    tags: [['vision'], ['Vision 2', 'nlp'], ['nlp']][index] ?? [],
  }))
  const tagged = [old!, fresh!, busy!]
  const found = (search: string, tags: readonly string[]) => orderProjects(tagged, search, [], tags).map(projectId)
  expect(found('vision', [])).toEqual(['ana/new', 'ana/old'])
  expect(found('', ['nlp'])).toEqual(['ana/busy', 'ana/new'])
  expect(found('', ['nlp', 'Vision 2'])).toEqual(['ana/new'])
  expect(found('', ['gone'])).toEqual([])
  expect(tagsOf(tagged)).toEqual(['nlp', 'vision', 'Vision 2'])
})
