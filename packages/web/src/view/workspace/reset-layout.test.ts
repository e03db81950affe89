import { expect, test } from 'vitest'
import { parseWorkspace } from './read-workspace.ts'
import { isUsualLayout, resetLayout } from './reset-layout.ts'
import { createRunSet, createSection, emptyWorkspace } from './workspace.ts'
import { stringifyWorkspace } from './write-workspace.ts'

test('a layout that is reset has no sections, and keeps everything else, also when it is saved', () => {
  const arranged = {
    ...emptyWorkspace,
    isAutomatic: false,
    isSorted: true,
    sectionBy: 'last' as const,
    params: { x: 'wall' },
    runSets: [createRunSet('set-1', 'Mine', { params: { q: 'loss < 1' } })],
    sections: [createSection('train')],
    source: { ...emptyWorkspace.source, later: { version: 3 } },
  }
  expect(isUsualLayout(arranged)).toBe(false)
  const reset = resetLayout(arranged)
  expect(isUsualLayout(reset)).toBe(true)
  expect(reset).toMatchObject({ params: { x: 'wall' }, runSets: arranged.runSets })
  const spec = stringifyWorkspace(reset)
  expect(JSON.parse(spec)).toMatchObject({ later: { version: 3 } })
  expect(parseWorkspace(spec).workspace).toMatchObject({
    isAutomatic: true,
    isSorted: false,
    sectionBy: 'first',
    sections: [],
  })
})
