import { expect, test } from 'vitest'
import { plainTableState } from '../tables/table-state.ts'
import { tablePanel, withTableChoice, withTableKey } from './table-panel.ts'

test('what is chosen in a table panel is kept beside what W&B says, and nothing where nothing is chosen', () => {
  const config = { panel2Config: { exp: 1 }, lossline: { tableKey: 'rows', unknown: [1] } }
  const view = { ...plainTableState, filter: 'a > 1', group: ['b'], row: 3 }
  const chosen = withTableChoice(config, { runId: 'r1', mode: 'compare', joinColumn: 'id', view })
  expect(chosen).toMatchObject({ panel2Config: { exp: 1 }, lossline: { tableKey: 'rows', unknown: [1] } })
  expect(tablePanel.parse(JSON.parse(JSON.stringify(chosen)))).toEqual({
    title: undefined,
    key: 'rows',
    runId: 'r1',
    mode: 'compare',
    joinColumn: 'id',
    // Which row is open is nobody else's business.
    view: { ...view, row: undefined },
  })
  const back = withTableChoice(chosen, { runId: undefined, mode: 'one', joinColumn: undefined, view: plainTableState })
  expect(back).toEqual(config)
  expect(withTableChoice(config, { mode: 'one', view: plainTableState })).toBe(config)
})

test('what a panel says that nobody understands has its default', () => {
  const odd = { lossline: { tableMode: 'sideways', tableRun: 7, tableView: [1] } }
  expect(tablePanel.parse(odd)).toMatchObject({ mode: 'one', runId: undefined, view: plainTableState })
  expect(tablePanel.parse(withTableKey(odd, 'k')).key).toBe('k')
})
