import type { RunKeyInfo, RunWithValues, StrictJson } from '@lossline/protocol'

/** What the cells of a column hold, which says how they are written and on which side they stand. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'other' | 'time' | 'duration' | 'tags' | 'state'

/** A column of the runs table. */
export interface TableColumn {
  /** As in queries: `run.created`, `config.lr`, `summary.val/loss`. */
  readonly key: string
  readonly title: string
  /** What stands above the title: nothing for fields of the run. */
  readonly namespace: 'config' | 'summary' | undefined
  readonly kind: ColumnKind
  /** CSS pixels. */
  readonly width: number
  readonly isSortable: boolean
}

/** So many columns are shown when nobody has chosen; the rest are in the chooser. */
export const automaticColumnCountMax = 60

const field = (key: string, title: string, kind: ColumnKind, width: number, isSortable = true): TableColumn => ({
  key: `run.${key}`,
  title,
  namespace: undefined,
  kind,
  width,
  isSortable,
})

/** Columns that every project has, beside the name, which is always there. */
export const fieldColumns: readonly TableColumn[] = [
  field('state', 'State', 'state', 110),
  field('created', 'Created', 'time', 130),
  field('runtime', 'Duration', 'duration', 100),
  field('tags', 'Tags', 'tags', 160, false),
  field('notes', 'Notes', 'text', 200, false),
  field('user', 'User', 'text', 110),
  field('group', 'Group', 'text', 120),
  field('jobType', 'Job type', 'text', 110),
  field('id', 'Run id', 'text', 110),
]

const alwaysShown = ['run.state', 'run.created', 'run.runtime', 'run.tags']

/** Every column that a project's runs can have. */
export function allColumns(keys: readonly RunKeyInfo[]): readonly TableColumn[] {
  return [...fieldColumns, ...keys.filter(({ key }) => !isInternal(key)).map(toColumn)]
}

/** What runs differ by first: fields, config that varies, then summary. Constant keys are left out. */
export function automaticColumns(keys: readonly RunKeyInfo[]): readonly TableColumn[] {
  const fields = fieldColumns.filter(({ key }) => alwaysShown.includes(key))
  const shown = keys.filter(({ key, kind, isVarying }) => isVarying && kind !== 'other' && !isInternal(key))
  return [...fields, ...shown.map(toColumn)].slice(0, automaticColumnCountMax)
}

/** The columns with these keys, in their order; what is not among the project's is taken to be a text. */
export function chosenColumns(chosen: readonly string[], keys: readonly RunKeyInfo[]): readonly TableColumn[] {
  const known = new Map(allColumns(keys).map((column) => [column.key, column]))
  return chosen.map((key) => known.get(key) ?? toColumn({ key, kind: 'text' }))
}

/** Columns with room for what a number differs from the baseline's by. */
export function withDeltas(columns: readonly TableColumn[]): readonly TableColumn[] {
  return columns.map((column) => (column.kind === 'number' ? { ...column, width: column.width + 76 } : column))
}

/** What has to be asked for: fields come with every run. */
export function valueKeys(columns: readonly TableColumn[]): readonly string[] {
  return columns.filter(({ namespace }) => namespace !== undefined).map(({ key }) => key)
}

/** Finds the values of a run's columns; `asked` are the keys that its values were asked by. */
export function cellValue(run: RunWithValues, { key }: TableColumn, asked: readonly string[]): StrictJson {
  switch (key) {
    case 'run.state':
      return run.state
    case 'run.created':
      return run.createdAtMs
    case 'run.runtime':
      return run.runtimeSeconds
    case 'run.tags':
      return run.tags
    case 'run.notes':
      return run.notes
    case 'run.user':
      return run.username
    case 'run.group':
      return run.group
    case 'run.jobType':
      return run.jobType
    case 'run.id':
      return run.runId
    default:
      return run.values[asked.indexOf(key)] ?? null
  }
}

function toColumn({ key, kind }: Pick<RunKeyInfo, 'key' | 'kind'>): TableColumn {
  const [namespace, ...rest] = key.split('.')
  const title = rest.join('.')
  const letterCount = title.length + (namespace === 'config' ? 7 : 0)
  const width = Math.min(260, Math.max(96, 34 + letterCount * 7))
  return { key, title, namespace: namespace === 'config' ? 'config' : 'summary', kind, width, isSortable: true }
}

/** `_runtime`, `_step` and the like, which other columns tell better. */
function isInternal(key: string): boolean {
  return /^summary\._/.test(key)
}
