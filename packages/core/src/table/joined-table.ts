import type { MediaSnapshot } from '@lossline/journal'
import { InvalidTableError } from '../errors.ts'
import { MediaValue } from '../media/media-value.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { Table } from './table.ts'

/** What a {@link JoinedTable} joins. */
export interface JoinedTableOptions {
  /** The first table, which comes into the artifact too; or its path there, as `artifact.add` named it: `….table.json`. */
  readonly table1: Table | string
  /** The second table. */
  readonly table2: Table | string
  /** Column by which rows belong together, or its name in each of the tables. */
  readonly joinKey: string | readonly [string, string]
}

const joinedTableOptionNames: OptionNames<JoinedTableOptions> = { table1: true, table2: true, joinKey: true }

/**
 * Two tables of an artifact, shown side by side by a key. It is put into an artifact and not logged to a run.
 *
 * @example
 * await artifact.add(new JoinedTable({ table1: before, table2: after, joinKey: 'id' }), 'both')
 */
export class JoinedTable extends MediaValue {
  readonly table1: Table | string
  readonly table2: Table | string
  readonly joinKey: string | readonly [string, string]

  /** @throws {@link InvalidTableError} for a path that is none of a table, or a key that is no name or pair of names. */
  constructor(options: JoinedTableOptions) {
    super()
    if (typeof options === 'object' && options !== null)
      checkOptions('new JoinedTable', options, joinedTableOptionNames)
    const { table1, table2, joinKey }: Partial<JoinedTableOptions> = options ?? {}
    const tables = [table1, table2].map((table): Table | string => {
      if (table instanceof Table || (typeof table === 'string' && table.endsWith('table.json'))) return table
      throw new InvalidTableError(
        `A joined table is made of two tables, or names tables of its artifact; ${describeValue(table)} is none.`,
        'Pass Tables; or add them to the artifact first, and pass their paths there, such as "before.table.json".',
      )
    })
    const names: readonly unknown[] = typeof joinKey === 'string' ? [joinKey] : joinKey
    if (
      !Array.isArray(names) ||
      names.length === 0 ||
      names.length > 2 ||
      !names.every((name) => typeof name === 'string')
    ) {
      throw new InvalidTableError('A join key is a column, or one of each table.', "Pass 'id' or ['id', 'key'].")
    }
    const [first, second] = tables as [Table | string, Table | string]
    this.table1 = first
    this.table2 = second
    // Checked above.
    this.joinKey = joinKey as string | readonly [string, string]
  }

  override toSnapshot(): MediaSnapshot {
    const { table1, table2, joinKey } = this
    const members = [
      { member: 'table1', prefix: 't1', table: table1 },
      { member: 'table2', prefix: 't2', table: table2 },
    ]
    const paths = members.flatMap(({ member, table }) => (typeof table === 'string' ? [[member, table]] : []))
    const tables = members.flatMap(({ member, prefix, table }) => {
      const snapshot = typeof table === 'string' ? undefined : table.toSnapshot()
      return snapshot?.kind === 'table' ? [{ member, prefix, table: snapshot }] : []
    })
    return {
      kind: 'artifact-value',
      type: 'joined-table',
      json: { ...Object.fromEntries(paths), join_key: toJoinKey(joinKey) },
      ...(tables.length === 0 ? {} : { tables }),
    }
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
