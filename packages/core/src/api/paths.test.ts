import { expect, test } from 'vitest'
import { parseProjectPath, parseRunPath, parseSweepPath, parseVersionPath } from './paths.ts'

test.each([
  ['id', [undefined, undefined, 'id']],
  ['project/id', [undefined, 'project', 'id']],
  ['entity/project/id', ['entity', 'project', 'id']],
  ['/entity/project/id', ['entity', 'project', 'id']],
  ['entity/project/runs/id', ['entity', 'project', 'id']],
  ['https://host/entity/a%20b/runs/id?x=1#y', ['entity', 'a b', 'id']],
])('the run %s', (path, [entity, project, runId]) => {
  expect(parseRunPath(path)).toEqual({ entity, project, runId })
})

test.each(['', '/', 'a//b', 'a/b/c/d', 'a/b/sweeps/c', '//'])('no run: %j', (path) => {
  expect(() => parseRunPath(path)).toThrow(expect.objectContaining({ code: 'invalid-path' }))
})

test('projects, sweeps and versions of artifacts', () => {
  expect(parseProjectPath(undefined)).toEqual({ entity: undefined, project: undefined })
  expect(parseProjectPath('entity/project')).toEqual({ entity: 'entity', project: 'project' })
  expect(() => parseProjectPath('a/b/c')).toThrow(expect.objectContaining({ code: 'invalid-path' }))
  expect(parseSweepPath('e/p/sweeps/s')).toEqual({ entity: 'e', project: 'p', sweepId: 's' })
  expect(parseVersionPath('data')).toEqual({ entity: undefined, project: undefined, name: 'data', alias: 'latest' })
  expect(parseVersionPath('e/p/data:v3')).toEqual({ entity: 'e', project: 'p', name: 'data', alias: 'v3' })
  for (const path of ['', ':v3', 'data:', 'a/b/c/d:v1', 'a//d:v1']) {
    expect(() => parseVersionPath(path)).toThrow(expect.objectContaining({ code: 'invalid-path' }))
  }
})
