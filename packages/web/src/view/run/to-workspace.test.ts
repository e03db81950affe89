import { expect, test } from 'vitest'
import { parseViewState } from '../address/url-state.ts'
import { isRunVisible } from '../runs/run-selection.ts'
import { viewOfAddress } from '../workspace/view-names.ts'
import { toWorkspaceSearch } from './to-workspace.ts'

test('the workspace opens with the charts of the run as they were, and draws that run alone', () => {
  const search = toWorkspaceSearch(
    {
      x: 'wall',
      sm: 'ema:0.6',
      ly: '1',
      z: 'wall~1~2',
      m: 'loss',
      c: 'System',
      rq: 'lr > 1',
      rs: '-summary.loss',
      b: 'r0',
      d: '3',
    },
    'r7',
  )
  expect(search).toMatchObject({ x: 'wall', ly: '1', z: 'wall~1~2', m: 'loss', c: 'System', q: 'lr > 1', b: 'r0' })
  expect(search.s).toBe('-summary.loss')
  expect(viewOfAddress(search)).toEqual({ name: undefined, type: 'run-view' })
  expect(search).not.toHaveProperty('d')
  const { runs } = parseViewState(search)
  expect(['r7', 'r1'].map((runId) => isRunVisible(runs, { runId }, 0))).toEqual([true, false])
})
