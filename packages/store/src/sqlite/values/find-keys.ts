import { decodeKeyPath } from '@lossline/protocol'
import type { Connection } from '../connection.ts'

/** Numbers of keys that a path may mean, the likeliest first. */
export interface FindKeys {
  /** The key with this very name. */
  exact(name: string): number | undefined
  /** In a summary or among metrics. */
  plain(path: string): readonly number[]
  /** In a config, whose stored form has `value` behind each key: with it and without. */
  wrapped(path: string): readonly number[]
}

/** Looks in the dictionary of a project, where labels that hold dots have them escaped. */
export function createFindKeys(connection: Connection, projectId: number): FindKeys {
  const find = (text: string, spellings: readonly Spelling[]): readonly number[] => {
    // As SQLite has it.
    const path = text.toWellFormed()
    const names = [path, ...withoutOneValue(path)]
    const rows = connection.allOnce<{ id: number; name: string }>(
      `SELECT id, name FROM key WHERE project_id = ? AND
         (name IN (${names.map(() => '?').join(', ')}) OR instr(name, '\\') > 0)`,
      projectId,
      ...names,
    )
    return rows
      .map(({ id, name }) => ({ id, labels: decodeKeyPath(name) }))
      .map(({ id, labels }) => ({ id, labels, spelling: spellings.findIndex((spell) => spell(labels) === path) }))
      .filter(({ spelling }) => spelling >= 0)
      .sort(
        (a, b) =>
          compareLabels(a.labels.slice(0, 1), b.labels.slice(0, 1)) ||
          a.spelling - b.spelling ||
          compareLabels(a.labels, b.labels),
      )
      .map(({ id }) => id)
  }
  const [plain, wrapped] = [[joined], [joined, joinedWithValue]].map((spellings) => {
    const found = new Map<string, readonly number[]>()
    return (path: string): readonly number[] => {
      const keys = found.get(path) ?? find(path, spellings)
      found.set(path, keys)
      return keys
    }
  })
  return {
    exact: (name) =>
      connection.get<{ id: number }>('SELECT id FROM key WHERE project_id = ? AND name = ?', projectId, name)?.id,
    plain: plain!,
    wrapped: wrapped!,
  }
}

type Spelling = (labels: readonly string[]) => string

const joined: Spelling = (labels) => labels.join('.')
const joinedWithValue: Spelling = ([first = '', ...rest]) => [first, 'value', ...rest].join('.')

/** The path once for each `value` in it, without that. */
function withoutOneValue(path: string): string[] {
  const parts = path.split('.')
  return parts.flatMap((part, index) => (index > 0 && part === 'value' ? [parts.toSpliced(index, 1).join('.')] : []))
}

/** The longer literal match first. */
function compareLabels(a: readonly string[], b: readonly string[]): number {
  for (const [index, label] of a.entries()) {
    const difference = (b[index] ?? '').length - label.length
    if (difference !== 0) return difference
  }
  return 0
}
