import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { putArtifact } from '../src/conformance/artifact-samples.ts'
import { openSqliteStore, type Store } from '../src/index.ts'
import { migrations, schemaVersion } from '../src/sqlite/migrations.ts'

const nowMs = Date.UTC(2026, 1, 1)

/** Databases as each release wrote them, the newest too: it is old with the next one. `make-old-databases.ts` makes them. */
const versions = Array.from({ length: schemaVersion }, (_, index) => index + 1)

/** Version 1 is of the first release: one run with 5,001 rows, compacted but for the last one, and two lines. */
async function putOldDatabase(version: number, path: string): Promise<void> {
  await writeFile(path, gunzipSync(await readFile(new URL(`./fixtures/store-v${version}.db.gz`, import.meta.url))))
}

/** What the database held when its release wrote it, told by the store of today. */
async function checkContents(store: Store, version: number): Promise<void> {
  const run = await store.run({ entity: 'e', project: 'p', runId: 'r1' })
  expect(run).toMatchObject({ displayName: 'an old run', tags: ['a'], state: 'finished', historyLineCount: 5001 })
  const sweeps = await store.sweeps({ project: run!.projectId })
  expect(sweeps.map(({ name, priorRunIds }) => [name, priorRunIds])).toEqual(
    version >= 14 ? [['oldsweep', ['r1']]] : [],
  )
  const agents = sweeps[0] ? await store.sweepAgents({ sweep: sweeps[0].id }) : []
  expect(agents.map(({ name, runs }) => [name, runs])).toEqual(
    version >= 24 ? [['oldagent', [{ runId: 'r1', isLive: true, offerCount: 0 }]]] : [],
  )
  const trials = sweeps[0] ? await store.sweepTrials({ sweep: sweeps[0].id }) : []
  expect(trials).toEqual(version >= 26 ? [{ run: run!.id, suggestion: undefined, earlyStop: '{"value":2}' }] : [])
  const trashed = await store.sweeps({ project: run!.projectId, isTrashed: true })
  expect(trashed.map(({ name }) => name)).toEqual(version >= 17 ? ['gonesweep'] : [])
  const links = await store.shareLinks({ project: run!.projectId })
  expect(links.map(({ path, passwordHash }) => [path, passwordHash])).toEqual(
    version >= 18 ? [['/e/p/runs/r1', version >= 20 ? 'old hash' : undefined]] : [],
  )
  expect(run!.color).toBe(version >= 13 ? '#ff0000' : '')
  const column = await store.column({ run: run!.id, key: 'loss' })
  expect([column.steps.length, column.values[4999], column.values[5000]]).toEqual([5001, 2499.5, Number.NaN])
  expect(await store.lines({ run: run!.id, from: 0, limit: 10 })).toEqual([
    { number: 0, text: 'hello' },
    { number: 1, text: 'world' },
  ])
  const filter = { kind: 'eq', path: { kind: 'config', path: 'lr' }, value: 0.1 } as const
  expect((await store.runs({ entity: 'e', project: 'p', filter })).runs).toEqual([run])
  const alerts = await store.alerts({ run: run!.id, limit: 10 })
  expect(alerts.map(({ title }) => title)).toEqual(version >= 2 ? ['old alert'] : [])
  if (version >= 2) expect(await store.writerLineCount({ run: run!.id, stream: 'history', writer: 'w1' })).toBe(5001)
  const project = (await store.projects('e'))[0]!
  if (version >= 3) {
    const collection = (await store.artifacts.collection({ project: project.id, name: 'net' }))!
    const membership = await store.artifacts.membership({ collection: collection.id, alias: 'best' })
    expect(membership).toMatchObject({ versionIndex: 0, artifact: { state: 'committed', digest: 'd1' } })
    const { id: artifact } = membership!.artifact
    expect(await store.artifacts.entries({ artifact, paths: ['weights.bin'] })).toMatchObject([
      { path: 'weights.bin', digest: 'm1', md5: 'm1' },
    ])
    const changes = await store.artifacts.aliasChanges({ collection: collection.id, limit: 10 })
    expect(changes.map(({ alias, to }) => [alias, to])).toEqual(version >= 15 ? [['best', 0]] : [])
    expect(membership!.artifact.digestAlgorithm).toBe('md5')
    const inXxh128 = { project: project.id, digests: ['x1'], algorithm: 'xxh128' } as const
    expect(await store.artifacts.blobs(inXxh128)).toHaveLength(version >= 10 ? 1 : 0)
    expect(await store.artifacts.isReferredTo('wandb-artifact://41/')).toBe(version >= 10)
    expect([...(await store.artifacts.contentsInUse(['ab'.repeat(32)]))]).toEqual(['ab'.repeat(32)])
    expect(await store.artifacts.runsOf({ artifact, direction: 'output' })).toEqual([run!.id])
  }
  expect(project).toMatchObject(
    version >= 5 ? { description: 'an old project' } : { description: '', access: 'private' },
  )
  expect(project.tags).toEqual(version >= 20 ? ['old'] : [])
  expect(project.protectedAliases).toEqual(version >= 25 ? ['prod'] : [])
  expect(project.sampleLoadedAtMs).toBe(version >= 16 ? Date.UTC(2026, 1, 1) : null)
  if (version >= 5) {
    const key = await store.accounts.keyByDigest(Buffer.from('ab'.repeat(32), 'hex'))
    expect(key).toMatchObject({ description: 'laptop', account: { name: 'ada', isAdmin: true } })
    expect([key!.scope, key!.lastUsedAtMs]).toEqual(version >= 21 ? ['read', nowMs] : ['write', undefined])
    expect(await store.accounts.memberships(key!.account.id)).toMatchObject([{ team: { name: 'lab' }, role: 'admin' }])
  }
  const views = await store.views({ project: project.id })
  expect(views.map(({ displayName }) => displayName)).toEqual(version >= 7 ? ['An old report'] : [])
  const revisions = views.length === 0 ? [] : await store.viewRevisions(views[0]!.id)
  expect(revisions.map(({ number, username }) => [number, username])).toEqual(version >= 7 ? [[1, 'local']] : [])
  const notes = await store.metricNotes({ project: project.id })
  expect(notes.map(({ metric, description, unit, goal }) => [metric, description, unit, goal])).toEqual(
    version >= 22 ? [['loss', 'an old note', null, 'minimize']] : [],
  )
  expect(await store.viewState('h1')).toBe(version >= 12 ? '{"q":"old"}' : undefined)
  expect(await store.isRunIdSpent({ entity: 'e', project: 'p', runId: 'gone' })).toBe(version >= 7)
  const former = await store.run({ entity: 'e', project: 'before', runId: 'r1' })
  expect(former?.id).toBe(version >= 9 ? run!.id : undefined)
  const states = (await store.stateChanges(run!.id)).map(({ state, cause, lastStep }) => [state, cause, lastStep])
  expect(states).toEqual([
    [run!.state, run!.stateCause, null],
    ...(version >= 11 ? [['crashed', 'process gone', version >= 23 ? 5000 : null]] : []),
  ])
  const exports = await store.historyExports(run!.id)
  expect(exports.map(({ rowCount }) => rowCount)).toEqual(version >= 8 ? [5001] : [])
}

test.each(versions)('a database of version %i is brought up to date with all that is in it', async (version) => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await putOldDatabase(version, path)
  expect(versionOf(path)).toBe(version)
  {
    await using store = await openSqliteStore({ path })
    await checkContents(store, version)
    const run = (await store.run({ entity: 'e', project: 'p', runId: 'r1' }))!.id
    const artifact = await putArtifact(store, { run, entries: [{ path: 'a', md5: 'm' }] })
    expect(await store.artifacts.runsOf({ artifact: artifact.id, direction: 'output' })).toEqual([run])
    const move = { kind: 'move-run', run, entity: 'f', project: 'numbered', nowMs } as const
    const [{ run: moved }] = await store.write([move])
    expect(moved.number).toBe(version >= 19 ? 7 : 1)
  }
  expect(versionOf(path)).toBe(schemaVersion)
})

test.each(versions)('a database that comes from version %i has the same tables as a new one', async (version) => {
  await using directory = await openTemporaryDirectory()
  await putOldDatabase(version, directory.join('old.db'))
  for (const name of ['old.db', 'new.db']) {
    await using store = await openSqliteStore({ path: directory.join(name) })
    await store.write([{ kind: 'put-project', entity: 'e', name: 'p', nowMs }])
  }
  expect(tablesOf(directory.join('old.db'))).toEqual(tablesOf(directory.join('new.db')))
})

test('a database of a later release is refused with what to do, and not touched', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await (await openSqliteStore({ path })).close()
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${schemaVersion + 1}`)
  database.close()
  const before = readFileSync(path)
  await expect(openSqliteStore({ path })).rejects.toMatchObject({
    code: 'newer-version',
    message: `Database "${path}" has schema version ${schemaVersion + 1}; this release reads up to ${schemaVersion}.`,
    hint: 'Update Lossline, or open the store at another path.',
  })
  expect(readFileSync(path).equals(before)).toBe(true)
})

const migrator = new URL('./migrate-child.ts', import.meta.url)
const statementCount = migrations.slice(1).join('').split(';\n').length + 3 * migrations.length
const isThorough = process.env.LOSSLINE_EVERY_STATEMENT === '1'

test('killed in the middle of a migration: the database has the old or a newer state, and opens', {
  timeout: 600_000,
}, async () => {
  const all = Array.from({ length: statementCount }, (_, index) => index + 1)
  const sampled = fc.sample(fc.integer({ min: 3, max: statementCount - 8 }), 8)
  const seen = new Set<number>()
  for (const killAt of isThorough ? all : sampled) {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await putOldDatabase(1, path)
    await using child = await spawnScript(migrator, { args: [path], env: { KILL_AT: String(killAt) } })
    const { signal } = await child.exited
    // Those at the end are after the last migration.
    if (!isThorough) expect(signal, `statement ${killAt}`).toBe('SIGKILL')
    const reached = versionOf(path)
    seen.add(reached)
    expect(tablesOf(path)).toEqual(await tablesOfVersion(reached, directory.join('same.db')))
    await using store = await openSqliteStore({ path })
    await checkContents(store, 1)
    expect(versionOf(path)).toBe(schemaVersion)
  }
  expect(seen.size).toBeGreaterThanOrEqual(isThorough ? schemaVersion - 1 : 1)
})

async function tablesOfVersion(version: number, path: string): Promise<unknown> {
  await putOldDatabase(1, path)
  const database = new DatabaseSync(path)
  for (const statements of migrations.slice(1, version)) database.exec(statements)
  database.close()
  return tablesOf(path)
}

function versionOf(path: string): number {
  const database = new DatabaseSync(path)
  try {
    return Number(database.prepare('PRAGMA user_version').get()?.user_version)
  } finally {
    database.close()
  }
}

function tablesOf(path: string): unknown {
  const database = new DatabaseSync(path)
  try {
    const rows = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all()
    // The first release indented its statements more.
    return rows.map((row) => ({ ...row, sql: String(row.sql).replace(/\s+/g, ' ') }))
  } finally {
    database.close()
  }
}
