import { expect, test } from 'vitest'
import { embedCode, revealedBy, sharedPathOf, shareTargetOf } from './share-target.ts'

test('a run and a version are shared by themselves, every other page with its project', () => {
  expect(shareTargetOf('/ada/digits/runs/a%2Fb/logs')).toEqual({ kind: 'run', runId: 'a/b' })
  expect(shareTargetOf('/ada/digits/artifacts/model/net/v3/files')).toEqual({
    kind: 'artifact',
    collection: 'net',
    version: 'v3',
  })
  for (const path of ['/ada/digits', '/ada/digits/table', '/ada/digits/artifacts/model/net', '/ada/digits/runs'])
    expect(shareTargetOf(path)).toEqual({ kind: 'project' })
  expect(revealedBy({ kind: 'project' }, 'digits')).toContain('everything in digits')
})

test('a link leads to the very line of a log', () => {
  expect(sharedPathOf(new URL('http://h:1/ada/digits/runs/a/logs?q=loss#L12'))).toBe(
    '/ada/digits/runs/a/logs?q=loss#L12',
  )
})

test('the code for notebooks keeps the address whole', () => {
  expect(embedCode('http://h:1/a/b?q=x"y&s=1')).toBe(
    '<iframe src="http://h:1/a/b?q=x%22y&amp;s=1&amp;jupyter=true" style="border:none;width:100%;height:420px"></iframe>',
  )
})
