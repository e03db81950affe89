import { openSqliteStore } from '@lossline/store'
import { expect, test } from 'vitest'
import { createAccess } from './access.ts'
import { guardStore } from './guarded-store.ts'

test('charts are private to people of their entity, also where nobody knows the entity any more', async () => {
  await using store = await openSqliteStore({ path: ':memory:' })
  await store.write([{ kind: 'put-account', name: 'lab', accountKind: 'team', nowMs: 0 }])
  const put = { kind: 'put-custom-chart', displayName: '', type: 'vega2', spec: '{}', username: '', nowMs: 0 } as const
  for (const entity of ['eve', 'lab', 'gone']) {
    await store.write([
      { ...put, entity, name: 'own', access: 'private' },
      { ...put, entity, name: 'shared', access: 'public' },
    ])
  }
  const eve = { username: 'eve', defaultEntity: 'eve', isAdmin: false, scope: 'write', account: undefined } as const
  const guarded = guardStore(store, createAccess(store, eve))
  const seen = async (entity: string) => {
    const charts = await Promise.all(['own', 'shared'].map((name) => guarded.customChart({ entity, name })))
    return charts.flatMap((chart) => (chart === undefined ? [] : [chart.name]))
  }
  expect(await seen('eve')).toEqual(['own', 'shared'])
  expect(await seen('lab')).toEqual(['shared'])
  expect(await seen('gone')).toEqual(['shared'])
})

test('only the runs of projects that somebody sees are in the trash', async () => {
  await using store = await openSqliteStore({ path: ':memory:' })
  for (const entity of ['eve', 'gone']) {
    const at = { entity, project: 'p', runId: 'r' }
    const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs: 0, change: {} }])
    await store.write([{ kind: 'trash-run', run: run.id, nowMs: 1 }])
  }
  const eve = { username: 'eve', defaultEntity: 'eve', isAdmin: false, scope: 'write', account: undefined } as const
  const guarded = guardStore(store, createAccess(store, eve))
  const [own, others] = await store.trashedRuns()
  expect(await guarded.trashedRuns()).toEqual([own])
  expect(await guarded.trashedRuns({ run: others!.id })).toEqual([])
  const restore = (run: number) => guarded.write([{ kind: 'restore-run', run, nowMs: 2 }])
  await expect(restore(others!.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(restore(999)).rejects.toMatchObject({ code: 'not-found' })
  expect(await restore(own!.id)).toMatchObject([{ run: { entity: 'eve', runId: 'r' } }])
})
