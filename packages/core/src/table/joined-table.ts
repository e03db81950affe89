import type { MediaSnapshot } from '@lossline/journal'
import { InvalidTableError } from '../errors.ts'
import { MediaValue } from '../media/media-value.ts'

/** What a {@link JoinedTable} joins. */
export interface JoinedTableOptions {
  /** Path of the first table in the artifact, as `artifact.add` named it: `….table.json`. */
  readonly table1: string
  /** Path of the second table in the artifact. */
  readonly table2: string
  /** Column by which rows belong together, or its name in each of the tables. */
  readonly joinKey: string | readonly [string, string]
}

/**
 * Two tables of an artifact, shown side by side by a key. It is put into an artifact and not logged to a run.
 *
 * @example
 * await artifact.add(before, 'before')
 * await artifact.add(after, 'after')
 * await artifact.add(new JoinedTable({ table1: 'before.table.json', table2: 'after.table.json', joinKey: 'id' }), 'both')
 */
export class JoinedTable extends MediaValue {
  readonly table1: string
  readonly table2: string
  readonly joinKey: string | readonly [string, string]

  /** @throws {@link InvalidTableError} for a path that is none of a table, or a key that is no name or pair of names. */
  constructor({ table1, table2, joinKey }: JoinedTableOptions) {
    super()
    for (const path of [table1, table2]) {
      if (typeof path === 'string' && path.endsWith('table.json')) continue
      throw new InvalidTableError(
        `A joined table names tables of its artifact, not ${JSON.stringify(path)}.`,
        'Add the tables to the artifact first, and pass their paths there, such as "before.table.json".',
      )
    }
    const names: readonly unknown[] = typeof joinKey === 'string' ? [joinKey] : joinKey
    if (!Array.isArray(names) || names.length > 2 || !names.every((name) => typeof name === 'string')) {
      throw new InvalidTableError('A join key is a column, or one of each table.', "Pass 'id' or ['id', 'key'].")
    }
    this.table1 = table1
    this.table2 = table2
    this.joinKey = joinKey
  }

  override toSnapshot(): MediaSnapshot {
    const { table1, table2, joinKey } = this
    return { kind: 'artifact-value', type: 'joined-table', json: { table1, table2, join_key: toJoinKey(joinKey) } }
  }
}

/**
 * A table that is made of all tables in a folder of an artifact. It is put into that artifact and not logged to a run.
 *
 * @example
 * await artifact.add(first, 'parts/0')
 * await artifact.add(second, 'parts/1')
 * await artifact.add(new PartitionedTable('parts'), 'all')
 */
export class PartitionedTable extends MediaValue {
  readonly partsPath: string

  /**
   * @param partsPath - Folder of the artifact, without `/` at its ends.
   * @throws {@link InvalidTableError} when it is empty or no text.
   */
  constructor(partsPath: string) {
    super()
    if (typeof partsPath !== 'string' || partsPath === '') {
      throw new InvalidTableError('A partitioned table names a folder of its artifact.', "Pass it: 'parts'.")
    }
    this.partsPath = partsPath
  }

  override toSnapshot(): MediaSnapshot {
    return { kind: 'artifact-value', type: 'partitioned-table', json: { parts_path: this.partsPath } }
  }
}

function toJoinKey(joinKey: string | readonly [string, string]) {
  return typeof joinKey === 'string' ? joinKey : [...joinKey]
}
