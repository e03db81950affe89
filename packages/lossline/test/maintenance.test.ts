import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { init } from '@lossline/core'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

async function logRun(dir: string, id: string): Promise<void> {
  const run = await init({ id, project: 'demo', mode: 'local', dir, silent: true, console: 'off' })
  for (let step = 0; step < 10; step++) run.log({ loss: 1 / (step + 1) })
  await run.finish()
}

async function runIds(cwd: string): Promise<readonly string[]> {
  const { stdout } = await runLossline(['runs', 'list', '--json'], { cwd })
  return [...stdout.matchAll(/"path":"local\/demo\/(\w+)"/g)].map(([, id = '']) => id).sort()
}

test('a folder is backed up with and without a server, and restored', async () => {
  await using directory = await openTemporaryDirectory()
  const cwd = directory.path
  await logRun(cwd, 'one')
  const cold = await runLossline(['backup', 'cold.tar'], { cwd })
  expect(cold).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/cold\.tar holds .*SHA-256 /) })
  {
    await using server = startLossline(['serve', '--port', '0'], { cwd })
    await server.waitForOutput(/^Lossline is at/)
    const warm = await runLossline(['backup', 'warm.tar', '--json'], { cwd })
    expect(JSON.parse(warm.stdout)).toMatchObject({ sizeBytes: readFileSync(directory.join('warm.tar')).length })
  }
  for (const name of ['cold', 'warm']) {
    const restored = await runLossline(['restore', `${name}.tar`, '--data-dir', `${name}/.lossline`], { cwd })
    expect(restored).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('all checked') })
    expect(restored.stdout).toContain(`Start the server with: lossline serve --data-dir ${name}/.lossline\n`)
    expect(await runIds(directory.join(name))).toEqual(['one'])
  }
})

test('a backup that is there, that is inside of the folder, or of nothing is refused, and leaves nothing behind', async () => {
  await using directory = await openTemporaryDirectory()
  const cwd = directory.path
  const none = await runLossline(['backup', 'a.tar', '--json'], { cwd })
  expect(JSON.parse(none.stderr)).toMatchObject({ error: { code: 'data-folder-missing' } })
  expect(readdirSync(cwd)).toEqual([])
  await logRun(cwd, 'one')
  writeFileSync(directory.join('a.tar'), 'mine')
  for (const file of ['a.tar', '.lossline/a.tar']) {
    const { exitCode, stderr } = await runLossline(['backup', file, '--json'], { cwd })
    expect([exitCode, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'backup-failed' } }])
  }
  const nowhere = await runLossline(['backup', 'nowhere/a.tar', '--json'], { cwd })
  expect(JSON.parse(nowhere.stderr)).toMatchObject({
    error: { code: 'backup-failed', message: `There is no folder ${directory.join('nowhere')}.` },
  })
  const noFolder = await runLossline(['backup', 'a.tar/b.tar', '--json'], { cwd })
  expect(JSON.parse(noFolder.stderr)).toMatchObject({
    error: { code: 'backup-failed', message: expect.stringContaining(directory.join('a.tar')) },
  })
  expect(readdirSync(cwd).sort()).toEqual(['.lossline', 'a.tar'])
  expect(readFileSync(directory.join('a.tar'), 'utf8')).toBe('mine')
  expect((await runLossline(['backup', 'a.tar', '--force'], { cwd })).exitCode).toBe(0)
  const again = await runLossline(['restore', 'a.tar', '--json'], { cwd })
  expect(JSON.parse(again.stderr)).toMatchObject({
    error: { code: 'data-directory', hint: expect.stringContaining('--replace') },
  })
  const replaced = await runLossline(['restore', 'a.tar', '--replace'], { cwd })
  expect(replaced.stdout).toMatch(/What .* held is in .*before-restore-/)
  expect(await runIds(cwd)).toEqual(['one'])
})

test('gc says what would go, and removes it', async () => {
  await using directory = await openTemporaryDirectory()
  const cwd = directory.path
  await logRun(cwd, 'one')
  await runLossline(['backup', 'a.tar'], { cwd })
  mkdirSync(directory.join('.lossline/blobs/temporary'), { recursive: true })
  writeFileSync(directory.join('.lossline/blobs/temporary/half'), 'half of an upload')
  const dry = await runLossline(['gc', '--dry-run', '--grace', '0'], { cwd })
  expect(dry.stdout).toContain('Would remove 1 leftovers of uploads (17 B)')
  expect(existsSync(directory.join('.lossline/blobs/temporary/half'))).toBe(true)
  expect((await runLossline(['gc'], { cwd })).stdout).toContain('Removed 0 leftovers')
  const applied = await runLossline(['gc', '--grace', '0', '--json'], { cwd })
  expect(JSON.parse(applied.stdout)).toMatchObject({ isApplied: true, leftovers: { count: 1, sizeBytes: 17 } })
  expect(existsSync(directory.join('.lossline/blobs/temporary/half'))).toBe(false)
})

test('reindex adds the runs that the database lacks; --fresh begins anew and says what does not come back', async () => {
  await using directory = await openTemporaryDirectory()
  const cwd = directory.path
  await logRun(cwd, 'one')
  expect(await runIds(cwd)).toEqual(['one'])
  const added = await runLossline(['reindex'], { cwd })
  expect(added).toMatchObject({ exitCode: 0, stderr: '' })
  expect(added.stdout).toContain('Read 1 run folders: the database has 1 runs now')

  await runLossline(['user', 'add', 'ada'], { cwd })
  await runLossline(['team', 'add', 'lab'], { cwd })
  const users = await runLossline(['user', 'list'], { cwd })
  expect(users.stdout).toContain('ada')
  const fresh = await runLossline(['reindex', '--fresh'], { cwd })
  expect(fresh.stdout).toContain('Users, keys and teams are in the new one too (2).')
  expect(fresh.stdout).toContain('not those that clients sent')
  expect(fresh.stdout).toContain('the database has 1 runs now, the former one has 1.')
  expect(fresh.stdout).toMatch(/^To go back: stop the server, remove store\.db.* from .*\.lossline, and move /m)
  for (const args of [['gc'], ['gc', '--dry-run']]) {
    const { exitCode, stderr } = await runLossline([...args, '--json'], { cwd })
    expect([exitCode, JSON.parse(stderr)]).toMatchObject([
      1,
      { error: { message: expect.stringContaining('before-reindex-'), hint: expect.stringContaining('move it') } },
    ])
  }
  // With the same keys.
  expect(await runLossline(['user', 'list'], { cwd })).toEqual(users)
  expect((await runLossline(['team', 'list'], { cwd })).stdout).toContain('lab')

  // A database that cannot be read at all.
  writeFileSync(directory.join('.lossline/store.db'), 'This is not a database. '.repeat(100))
  rmSync(directory.join('.lossline/store.db-wal'), { force: true })
  expect((await runLossline(['reindex'], { cwd })).stderr).toContain('store.db')
  const anew = await runLossline(['reindex', '--fresh'], { cwd })
  expect([anew.exitCode, anew.stdout]).toEqual([
    0,
    expect.stringContaining('users, keys and teams are not in the new one'),
  ])
  expect(await runIds(cwd)).toEqual(['one'])
})
