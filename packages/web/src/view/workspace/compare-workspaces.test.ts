import { expect, test } from 'vitest'
import { compareWorkspaces } from './compare-workspaces.ts'
import { createPanel, createSection, emptyWorkspace, type Workspace } from './workspace.ts'

const titleOf = ({ id }: { readonly id: string }): string => id
const panel = (id: string, metric: string) => createPanel(id, 'Run History Line Plot', { metrics: [metric] })
const of = (changes: Partial<Workspace>): Workspace => ({ ...emptyWorkspace, ...changes })

test('two states of a view differ by what one of them has, and by how both have it', () => {
  const mine = of({
    params: { sm: 'ema:0.9' },
    sections: [
      createSection('Charts', { panels: [panel('same', 'a'), panel('moved', 'a'), panel('changed', 'a')] }),
      createSection('Mine', { columns: 2, panels: [] }),
    ],
  })
  const theirs = of({
    params: { sm: 'ema:0.5' },
    isAutomatic: false,
    sections: [
      createSection('Charts', {
        isOpen: false,
        panels: [panel('same', 'a'), panel('changed', 'b'), panel('new', 'a')],
      }),
      createSection('Theirs', { panels: [panel('moved', 'a')] }),
    ],
  })
  expect(compareWorkspaces(mine, theirs, titleOf).map(({ what, mine, theirs }) => [what, mine, theirs])).toEqual([
    ['Smoothing', 'ema:0.9', 'ema:0.5'],
    ['Panels for new metrics', 'by themselves', 'by hand'],
    ['Section Charts', 'open', 'closed'],
    ['Section Mine', 'open, 2 columns', undefined],
    ['Section Theirs', undefined, 'open'],
    ['Panel moved', 'in Charts', 'in Theirs'],
    ['Panel changed', 'one way', 'set up in another way'],
    ['Panel new', undefined, 'in Charts'],
  ])
  expect(compareWorkspaces(mine, mine, titleOf)).toEqual([])
})
