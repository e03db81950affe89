import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import type { RunQuery } from '../../runs/run-selection.ts'
import { type Connection, openConnection } from '../connection.ts'
import { openSqliteStore } from '../open-sqlite-store.ts'
import { containsAnyCase, containsFunction } from '../queries.ts'
import { listLiveRuns } from '../run-reader.ts'
import { listRunValueKeys } from './list-value-keys.ts'
import { countRuns, listRuns } from './select-runs.ts'

/** How SQLite answers, a line for each step; steps that read whole runs of a page are left out. */
function plansOf(connection: Connection, ask: (connection: Connection) => unknown): string[] {
  const steps: string[] = []
  const explain: Connection['allOnce'] = (sql, ...parameters) => {
    const plan = connection.allOnce<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...parameters)
    steps.push(...plan.map(({ detail }) => detail))
    return connection.allOnce(sql, ...parameters)
  }
  ask({ ...connection, allOnce: explain })
  return steps
}

test('filters and orders walk through the index of fields and look values up, and read no rows of runs', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  const store = await openSqliteStore({ path })
  const change = { tags: ['a'], config: '{"lr":{"value":1}}', summary: '{"loss":1,"a":{"b":2},"a.b":3,"_runtime":1}' }
  const at = { entity: 'e', project: 'p', runId: 'r' }
  await store.write([{ kind: 'put-run', at, nowMs: 0, change }])
  await store.close()
  const connection = openConnection(path, 1000)
  connection.define(containsFunction, (text, part) => Number(containsAnyCase(String(text), String(part))))
  try {
    const query: RunQuery = {
      ...at,
      filter: {
        kind: 'or',
        of: [
          { kind: 'gt', path: { kind: 'config', path: 'lr' }, value: 0.5 },
          { kind: 'eq', path: { kind: 'summary', path: 'a.b' }, value: 3 },
          { kind: 'exists', path: { kind: 'metric', path: 'loss' } },
          { kind: 'eq', path: { kind: 'tags' }, value: 'a' },
          ...(['runId', 'displayName', 'state', 'group', 'jobType', 'host', 'username', 'sweepId'] as const).map(
            (field) => ({ kind: 'eq', path: { kind: 'field', field }, value: 'a' }) as const,
          ),
          ...(['createdAtMs', 'heartbeatAtMs', 'updatedAtMs', 'runtimeSeconds'] as const).map(
            (field) => ({ kind: 'gt', path: { kind: 'field', field }, value: 1 }) as const,
          ),
        ],
      },
      order: { by: { kind: 'summary', path: 'loss' }, isDescending: true },
      search: 'a',
    }
    for (const ask of [listRuns, countRuns]) {
      const steps = plansOf(connection, (spied) => ask(spied, query))
      expect(steps).toContain('SEARCH run USING COVERING INDEX run_by_number (project_id=?)')
      expect(steps).toContain('SEARCH v USING PRIMARY KEY (source=? AND run=? AND key=?)')
      expect(steps.filter((step) => step.startsWith('SCAN') && !/^SCAN [st] VIRTUAL/.test(step))).toEqual([])
      expect(steps.filter((step) => /^SEARCH (run|n)\b/.test(step) && !step.includes('COVERING'))).toEqual([])
    }
    const newest = plansOf(connection, (spied) => listRuns(spied, at))
    expect(newest.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
    const keys = plansOf(connection, (spied) =>
      listRunValueKeys({ ...spied, all: spied.allOnce }, { ...at, runCountMax: 10 }),
    )
    // Of the chosen runs alone: going through the values of all projects takes minutes in a large store.
    expect(keys.filter((step) => step.startsWith('SEARCH v'))).toEqual([
      'SEARCH v USING PRIMARY KEY (source=? AND run=?)',
      'SEARCH v USING PRIMARY KEY (source=? AND run=? AND key=?)',
    ])
    const live = plansOf(connection, (spied) => listLiveRuns({ ...spied, all: spied.allOnce }, 0))
    expect(live[0]).toContain('USING INDEX run_by_state (state=?)')
  } finally {
    connection.close()
  }
})
