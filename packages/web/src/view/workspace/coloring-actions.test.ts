import { expect, test } from 'vitest'
import { type ColoringActions, createColoringActions, type SampledValues } from './coloring-actions.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'

function openPage(valuesOf: (keys: readonly string[]) => Promise<SampledValues>) {
  let workspace: Workspace = emptyWorkspace
  const told: string[] = []
  const store = {
    edit: (_: string, change: (old: Workspace) => Workspace) => {
      workspace = change(workspace)
    },
  }
  const toasts = { show: (text: string) => told.push(text), showProblem: (problem: unknown) => told.push(`${problem}`) }
  const setId = emptyWorkspace.runSets[0]!.id
  const makeActions = (): ColoringActions =>
    createColoringActions({ store, toasts, setId, drawnRunIds: ['a'], valuesOf })
  return { makeActions, told, coloring: () => workspace.runSets[0]!.coloring, separated: () => workspace.separated }
}

test('colours are the ones chosen last, whichever answer comes last', async () => {
  const answers = new Map<string, (found: SampledValues | Error) => void>()
  const page = openPage(
    ([key]) =>
      new Promise((resolve, reject) => {
        answers.set(key!, (found) => (found instanceof Error ? reject(found) : resolve(found)))
      }),
  )
  const actions = page.makeActions()
  const [slow, quick, late, failing] = ['slow', 'quick', 'late', 'failing']
  const first = actions.byKey(slow!, 6)
  const second = actions.byGroups([quick!])
  answers.get('quick')!({ values: [['x']], total: 1 })
  await second
  answers.get('slow')!({ values: [[1], [2]], total: 2 })
  await first
  expect(page.coloring()).toMatchObject({ kind: 'values', keys: ['quick'] })
  const [third, fourth] = [actions.byKey(late!, 6), actions.byKey(failing!, 6)]
  // Another part of the page has actions of its own.
  page.makeActions().reset()
  answers.get('late')!({ values: [['x']], total: 1 })
  answers.get('failing')!(new Error('gone'))
  await Promise.all([third, fourth])
  expect(page.coloring()).toEqual({ kind: 'own' })
  const fifth = actions.byKey(failing!, 6)
  answers.get('failing')!(new Error('gone'))
  await fifth
  expect(page.told).toEqual(['Error: gone'])
})

test('a key that no run has changes nothing, and it is said when only the newest runs were looked at', async () => {
  let found: SampledValues = { values: [[1], [2]], total: 2 }
  const page = openPage(async () => found)
  const actions = page.makeActions()
  await actions.byKey('config.lr', 6)
  const scale = { kind: 'scale', key: 'config.lr', edges: [1] }
  expect([page.coloring(), page.told]).toEqual([scale, []])
  found = { values: [[null], [null]], total: 2 }
  await actions.byKey('config.old', 6)
  found = { values: [[null], [null]], total: 3400 }
  await actions.byKey('config.old', 6)
  expect(page.coloring()).toEqual(scale)
  found = { values: [['x'], [null]], total: 3400 }
  await actions.byKey('config.name', 6)
  expect(page.coloring()).toEqual({ kind: 'values', keys: ['config.name'], values: ['x'] })
  expect(page.told).toEqual([
    'No value of config.old in these runs. Colours are as before.',
    'No value of config.old in the newest 2 of 3,400 runs. Colours are as before.',
    'Colours are made from the newest 2 of 3,400 runs',
  ])
  actions.separate()
  expect([page.coloring(), page.separated()]).toEqual([{ kind: 'own' }, ['a']])
})
