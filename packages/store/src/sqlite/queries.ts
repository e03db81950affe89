import type { SQLInputValue } from 'node:sqlite'
import {
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import type { MetricKeyQuery } from '../store.ts'
import { wholeText } from './whole-text.ts'

interface Tables {
  project: { id: number; entity: string; name: string }
  key: { id: number; project_id: number; name: string }
  run_key: { run: number; stream: number; key: number; number_count: number; other_count: number }
}

/** A statement with its parameters, ready for a connection. */
export interface CompiledQuery {
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
}

// Only builds text: the driver never connects, so nothing here can wait inside a transaction.
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Name of {@link containsAnyCase} in SQL, whose own LIKE knows the case of ASCII letters only. */
export const containsFunction = 'lossline_contains'

export function containsAnyCase(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}

export function metricKeysQuery(query: MetricKeyQuery, streamId: number | undefined): CompiledQuery {
  let selection = builder
    .selectFrom('run_key')
    .innerJoin('key', 'key.id', 'run_key.key')
    .innerJoin('project', 'project.id', 'key.project_id')
    .where('project.entity', '=', query.entity)
    .where('project.name', '=', query.project)
    // Keys know nothing of the trash.
    .where(sql<boolean>`run_key.run NOT IN (SELECT id FROM run WHERE deleted_at_ms IS NOT NULL)`)
  if (streamId !== undefined) selection = selection.where('run_key.stream', '=', streamId)
  if (query.runs !== undefined) {
    // One parameter whatever the number of runs, so that the statement stays the same.
    const runs = JSON.stringify(query.runs)
    selection = selection.where(sql<boolean>`run_key.run IN (SELECT value FROM json_each(${runs}))`)
  }
  return compile(
    selection
      .select([wholeText(sql.ref('key.name')).as('name'), 'run_key.stream as stream'])
      .select(({ fn }) => [
        fn.countAll<number>().as('run_count'),
        fn.sum<number>('number_count').as('number_count'),
        fn.sum<number>('other_count').as('other_count'),
      ])
      .groupBy(['key.id', 'run_key.stream'])
      .orderBy('key.name')
      .orderBy('run_key.stream'),
  )
}

/** A statement that is written out in SQL. */
export function compileSql(statement: RawBuilder<unknown>): CompiledQuery {
  return compile({ compile: () => statement.compile(builder) })
}

function compile(query: { compile(): { sql: string; parameters: readonly unknown[] } }): CompiledQuery {
  const compiled = query.compile()
  // All parameters are texts, numbers and cells.
  return { sql: compiled.sql, parameters: compiled.parameters as readonly SQLInputValue[] }
}
