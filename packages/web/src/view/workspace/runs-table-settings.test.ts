import { expect, test } from 'vitest'
import { type ColumnSettings, type RunsTableSettings, usualRunsTable } from '../runs/column-settings.ts'
import { type JsonObject, objectAt } from './json.ts'
import { readWorkspace } from './read-workspace.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'
import { writeWorkspace } from './write-workspace.ts'

const columns = new Map<string, ColumnSettings>([
  ['run.name', { width: 420 }],
  ['config.lr', { width: 90, isPinned: true, format: { kind: 'scientific', digits: 1 } }],
  ['summary.val/loss', { better: 'none' }],
  // W&B has no such column.
  ['run.notes', { width: 300, isPinned: true }],
])
const settings = { columns, hasConstants: true }
const feedOf = (spec: JsonObject): JsonObject =>
  objectAt((objectAt(spec, 'section').runSets as JsonObject[])[0]!, 'runFeed')
const withTable = (workspace: Workspace, table: RunsTableSettings): Workspace => ({
  ...workspace,
  runSets: workspace.runSets.map((set) => ({ ...set, table })),
})

test('widths and pins are told to W&B in its words, and the rest is kept beside them', () => {
  const written = writeWorkspace(withTable(emptyWorkspace, settings))
  expect(feedOf(written)).toEqual({
    columnWidths: { 'run:displayName': 420, 'config:lr': 90 },
    columnPinned: { 'config:lr': true },
    lossline: {
      hasConstants: true,
      columns: {
        'config.lr': { format: 'scientific:1' },
        'summary.val/loss': { better: 'none' },
        'run.notes': { width: 300, isPinned: true },
      },
    },
  })
  const read = readWorkspace(written)
  expect(read.runSets[0]?.table).toEqual(settings)
  // Pinning one column is not choosing which columns there are.
  expect(read.runSets[0]?.params).toEqual({})
  expect(writeWorkspace(read)).toEqual(written)
})

test('what W&B says of other columns stays, and what is taken back is gone', () => {
  const feed = {
    columnWidths: { 'keys_info:x': 50, 'config:lr': 90, 'config:bs': 7 },
    columnPinned: { 'config:lr': true },
  }
  const spec = { section: { runSets: [{ id: 'abc', runFeed: feed }] } } as unknown as JsonObject
  const workspace = readWorkspace(spec)
  // Narrower than anything can be read in.
  expect([...workspace.runSets[0]!.table.columns]).toEqual([['config.lr', { width: 90, isPinned: true }]])
  expect(writeWorkspace(workspace)).toEqual(spec)
  expect(feedOf(writeWorkspace(withTable(workspace, usualRunsTable)))).toEqual({
    columnWidths: { 'keys_info:x': 50, 'config:bs': 7 },
    columnPinned: { 'config:lr': false },
  })
})
