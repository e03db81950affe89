import { readFileSync } from 'node:fs'
import type { MetricInfo } from '@lossline/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Arranged } from './arrange.ts'
import { lineKind } from './automatic-panels.ts'
import {
  addPanels,
  changePanel,
  duplicatePanel,
  movePanel,
  pinPanel,
  removePanel,
  resetPanel,
  showPanel,
} from './edit-panels.ts'
import { addSection, changeSection, moveSection, openSections, removeSection, renameSection } from './edit-sections.ts'
import type { JsonObject } from './json.ts'
import { readWorkspace } from './read-workspace.ts'
import { toSections } from './sections.ts'
import { hiddenPanels, showWorkspace } from './show-workspace.ts'
import { createPanel, emptyWorkspace, type Workspace } from './workspace.ts'
import { writeWorkspace } from './write-workspace.ts'

const metric = (key: string): MetricInfo => ({
  key,
  kind: 'number',
  stream: 'history',
  runCount: 1,
  pointCount: 9,
  stepMetric: null,
  isHidden: false,
  goal: null,
  description: '',
  unit: '',
})
const keys = ['loss', 'accuracy', 'train/loss', 'train/acc', 'val/loss', 'val/acc']
const automatic = toSections(keys.map(metric))
const titleOf = ({ config }: { readonly config: JsonObject }): string => String((config.metrics as string[])?.[0] ?? '')
const arranged = (workspace: Workspace, sections = automatic): Arranged => ({
  workspace,
  shown: showWorkspace(workspace, sections, titleOf),
})
const look = (workspace: Workspace, sections = automatic) =>
  arranged(workspace, sections).shown.map(
    ({ name, panels }) => `${name}: ${panels.map(({ title }) => title).join(' ')}`,
  )
const untouched = ['Charts: accuracy loss', 'train: train/acc train/loss', 'val: val/acc val/loss']
const line = (key: string): string => `auto:line:${key}`

describe('what is shown', () => {
  test('is what comes by itself, until somebody arranges something', () => {
    expect(look(emptyWorkspace)).toEqual(untouched)
    expect(look({ ...emptyWorkspace, isAutomatic: false })).toEqual([])
  })

  test('new metrics come to their place among what was arranged', () => {
    const moved = moveSection(arranged(emptyWorkspace), 'val', 0)
    expect(look(moved)).toEqual([untouched[2], untouched[0], untouched[1]])
    const more = toSections([...keys, 'train/lr', 'test/a', 'test/b'].map(metric))
    expect(look(moved, more)).toEqual([
      untouched[2],
      untouched[0],
      'test: test/a test/b',
      'train: train/acc train/loss train/lr',
    ])
  })

  test('a metric that is gone takes its own panel along, and brings it back', () => {
    const ordered = movePanel(arranged(emptyWorkspace), line('val/loss'), { section: 'val', index: 0 })
    const fewer = toSections(keys.filter((key) => key !== 'val/loss').map(metric))
    expect(look(ordered, fewer).at(-1)).toBe('val: val/acc')
    expect(look(ordered).at(-1)).toBe('val: val/loss val/acc')
  })
})

describe('edits of panels', () => {
  const panel = createPanel('p1', lineKind, { metrics: ['mine'] })

  test('one that comes by itself is moved, hidden and brought back', () => {
    const moved = movePanel(arranged(emptyWorkspace), line('val/loss'), { section: 'train', index: 1 })
    expect(look(moved)).toEqual(['Charts: accuracy loss', 'train: train/acc val/loss train/loss', 'val: val/acc'])
    const hidden = removePanel(arranged(moved), line('val/loss'))
    expect(look(hidden)).toEqual(['Charts: accuracy loss', 'train: train/acc train/loss', 'val: val/acc'])
    expect(hiddenPanels(hidden, titleOf).map(({ id }) => id)).toEqual([line('val/loss')])
    expect(look(showPanel(arranged(hidden), line('val/loss'), 'val'))).toEqual(untouched)
  })

  test('one that was changed is somebody’s own, in its place, and can be reset', () => {
    const changed = changePanel(arranged(emptyWorkspace), line('train/acc'), { config: { metrics: ['other'] } })
    expect(look(changed)[1]).toBe('train: other train/loss')
    const kept = readWorkspace(writeWorkspace(changed))
    expect(kept.sections[1]!.panels[0]).toMatchObject({ id: line('train/acc'), isAutomatic: false })
    expect(look(kept)).toEqual(look(changed))
    expect(look(resetPanel(arranged(changed), line('train/acc')))[1]).toBe('train: train/loss train/acc')
  })

  test('a new one, a copy, and their end', () => {
    const added = addPanels(arranged(emptyWorkspace), 'val', [panel])
    expect(look(added)[2]).toBe('val: val/acc val/loss mine')
    const copied = duplicatePanel(arranged(added), line('val/acc'), 'p2')
    expect(look(copied)[2]).toBe('val: val/acc val/acc val/loss mine')
    expect(look(removePanel(arranged(removePanel(arranged(copied), 'p2')), 'p1'))).toEqual(untouched)
    expect(look(addPanels(arranged(emptyWorkspace), 'New', [panel]))).toEqual([...untouched, 'New: mine'])
  })

  test('pinned ones stand above all, and go back', () => {
    const pinned = pinPanel(
      arranged(pinPanel(arranged(emptyWorkspace), line('loss'), true, 'Charts')),
      line('val/acc'),
      true,
      'val',
    )
    expect(look(pinned)).toEqual(['Pinned: loss val/acc', 'Charts: accuracy', untouched[1], 'val: val/loss'])
    const one = pinPanel(arranged(pinned), line('loss'), false, 'Charts')
    expect(look(one)).toEqual(['Pinned: val/acc', untouched[0], untouched[1], 'val: val/loss'])
  })

  test('one that W&B’s library made for a metric takes the place of the one that would come by itself', () => {
    const spec = {
      section: {
        panelBankConfig: {
          sections: [
            {
              name: 'Mine',
              panels: [
                { __id__: 'x', viewType: lineKind, config: { metrics: ['val/loss'] } },
                { __id__: 'y', viewType: lineKind, config: { metrics: ['val/acc'] }, isAuto: false },
              ],
            },
          ],
        },
      },
    }
    expect(look(readWorkspace(spec))).toEqual(['Mine: val/loss val/acc', ...untouched.slice(0, 2), 'val: val/acc'])
  })
})

describe('edits of sections', () => {
  test('are renamed with what is in them, added, moved and removed', () => {
    const renamed = renameSection(arranged(emptyWorkspace), 'train', 'Training')
    expect(look(renamed)).toEqual([untouched[0], 'Training: train/acc train/loss', untouched[2]])
    expect(look(addSection(arranged(emptyWorkspace), 'New'))).toEqual(['New: ', ...untouched])
    const removed = removeSection(arranged(emptyWorkspace), 'train')
    expect(look(removed)).toEqual([untouched[0], untouched[2]])
    expect(hiddenPanels(removed, titleOf)).toHaveLength(2)
  })

  test('are sorted, closed and laid out', () => {
    const moved = movePanel(arranged(emptyWorkspace), line('val/loss'), { section: 'val', index: 0 })
    expect(look(changeSection(arranged(moved), 'val', { order: 'alphabetical' }))).toEqual(untouched)
    const laidOut = changeSection(arranged(emptyWorkspace), 'val', { columns: 2, panelHeight: 400, isPinned: true })
    expect(arranged(laidOut).shown[0]).toMatchObject({ name: 'val', columns: 2, panelHeight: 400 })
    expect(arranged(openSections(arranged(emptyWorkspace), false)).shown.map(({ isOpen }) => isOpen)).toEqual([
      false,
      false,
      false,
    ])
  })
})

test('an edit leaves the order that people gave to panels, while their titles are in another', () => {
  const moved = movePanel(arranged(emptyWorkspace), line('val/loss'), { section: 'val', index: 0 })
  const sorted = changeSection(arranged(moved), 'val', { order: 'alphabetical' })
  const copied = duplicatePanel(arranged(sorted), line('val/loss'), 'p2')
  const changed = changePanel(arranged(copied), line('val/acc'), { config: { metrics: ['val/acc'] } })
  const added = addPanels(arranged(changed), 'val', [createPanel('p3', lineKind, { metrics: ['val/a'] })])
  expect(look(added)[2]).toBe('val: val/a val/acc val/loss val/loss')
  expect(look(changeSection(arranged(added), 'val', { order: 'manual' }))[2]).toBe(
    'val: val/loss val/loss val/acc val/a',
  )
})

type Edit = (at: Arranged) => Workspace
const index = fc.nat(5)
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(index, index, index).map(
    ([panel, section, at]): Edit =>
      (state) => {
        const id =
          nth(
            state.shown.flatMap(({ panels }) => panels),
            panel,
          )?.id ?? ''
        return movePanel(state, id, { section: nth(state.shown, section)?.name ?? 'New', index: at })
      },
  ),
  ...[removePanel, (at: Arranged, id: string) => pinPanel(at, id, true, 'Charts'), resetPanel].map((edit) =>
    index.map(
      (panel): Edit =>
        (state) =>
          edit(
            state,
            nth(
              state.shown.flatMap(({ panels }) => panels),
              panel,
            )?.id ?? '',
          ),
    ),
  ),
  fc.tuple(index, index).map(
    ([from, to]): Edit =>
      (state) =>
        moveSection(state, nth(state.shown, from)?.name ?? '', to),
  ),
  index.map(
    (section): Edit =>
      (state) =>
        removeSection(state, nth(state.shown, section)?.name ?? ''),
  ),
  index.map(
    (section): Edit =>
      (state) =>
        renameSection(state, nth(state.shown, section)?.name ?? '', `s${section}`),
  ),
)

test('whatever is done, each metric is shown or hidden once, and what is saved shows the same', () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 8 }), (list) => {
      const workspace = list.reduce((state, edit) => edit(arranged(state)), emptyWorkspace)
      const shown = arranged(workspace).shown.flatMap(({ panels }) => panels.map(({ id }) => id))
      const all = [...shown, ...hiddenPanels(workspace, titleOf).map(({ id }) => id)]
      expect(all.toSorted()).toEqual(keys.map(line).toSorted())
      expect(look(readWorkspace(writeWorkspace(workspace)))).toEqual(look(workspace))
    }),
    { numRuns: 200 },
  )
})

test('a workspace that W&B’s library made opens as it was arranged there, and is saved with nothing lost', () => {
  const text = readFileSync(new URL('../../../test/fixtures/wandb-workspace.json', import.meta.url), 'utf8')
  const spec = JSON.parse(text) as JsonObject
  const workspace = readWorkspace(spec)
  expect(writeWorkspace(workspace)).toEqual(spec)
  expect(workspace).toMatchObject({
    isAutomatic: true,
    sectionBy: 'last',
    params: { x: 'metric:epoch' },
    runSets: [
      {
        params: {
          q: 'resnet and config.lr >= 0.001 and state = finished',
          col: 'summary.accuracy',
          r: '10~~2u1g3j1c',
          b: '1mbku38n',
        },
      },
    ],
    runColors: new Map([['1mbku38n', '#ff0000']]),
  })
  expect(workspace.sections[0]).toMatchObject({
    name: 'Validation',
    isPinned: true,
    columns: 2,
    settings: { smoothing: { kind: 'gaussian', sigma: 4 } },
  })
  expect(workspace.sections[1]!.settings).toEqual({})
  expect(look(workspace)[0]).toBe('Validation: val/loss train/loss val/accuracy val/f1   ')
  const [first, ...others] = workspace.sections[0]!.panels
  const edited = writeWorkspace(changePanel(arranged(workspace), first!.id, { config: { a: 1 } }))
  const { panelBankConfig, ...rest } = edited.section as JsonObject
  const { panelBankConfig: bankBefore, ...restBefore } = spec.section as JsonObject
  expect(rest).toEqual(restBefore)
  const panelsOf = (bank: unknown) => (bank as { sections: { panels: object[] }[] }).sections[0]!.panels
  expect(panelsOf(panelBankConfig)[0]).toEqual({ ...panelsOf(bankBefore)[0], config: { a: 1 } })
  expect(panelsOf(panelBankConfig).slice(1)).toEqual(others.map(({ source }) => source))
})

function nth<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)]
}
