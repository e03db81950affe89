import { readdir } from 'node:fs/promises'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

/** A server with runs in it, and the command line that asks it. */
async function openServer() {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
  const post = (path: string, body: object) =>
    fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return {
    lossline: (...args: string[]) => runLossline(args, { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url } }),
    async logRun(project: string, id: string) {
      const query = `mutation { upsertBucket(input: { name: "${id}", modelName: "${project}" }) { bucket { id } } }`
      expect((await post('/graphql', { query })).status).toBe(200)
      const end = await post(`/files/local/${project}/${id}/file_stream`, { complete: true, exitcode: 0 })
      expect(end.status).toBe(200)
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

test('projects are listed with their runs, renamed, and removed only when that is said', async () => {
  await using ours = await openServer()
  await ours.logRun('one', 'a')
  await ours.logRun('two', 'b')
  await ours.logRun('two', 'c')
  expect((await ours.lossline('project', 'list')).stdout).toBe('local/one  1 run\nlocal/two  2 runs\n')
  const renamed = await ours.lossline('project', 'rename', 'two', 'better')
  expect(renamed).toMatchObject({ exitCode: 0, stdout: 'local/two is local/better now.\n' })
  const taken = await ours.lossline('project', 'rename', 'one', 'better')
  expect([taken.exitCode, taken.stderr]).toEqual([1, expect.stringContaining('has a project "better" already')])

  const unsaid = await ours.lossline('project', 'rm', 'better')
  expect(unsaid).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `lossline: local/better has 2 runs, which would be gone for good with its artifacts and views.
  Pass --yes if this is meant. A backup before it costs little: lossline backup FILE
`,
  })
  const unsaidToProgram = await ours.lossline('project', 'rm', 'better', '--json')
  expect(JSON.parse(unsaidToProgram.stderr)).toMatchObject({ error: { code: 'not-confirmed' } })
  const removed = await ours.lossline('project', 'rm', 'better', '--yes', '--json')
  expect(JSON.parse(removed.stdout)).toEqual({ removed: 'local/better', runCount: 2 })
  const listed = await ours.lossline('project', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject({ entity: 'local', project: 'one', runCount: 1 })
  const missing = await ours.lossline('project', 'rm', 'better', '--yes')
  expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringContaining('local/better')])
})

test('runs are moved to another project, by their paths or ids', async () => {
  await using ours = await openServer()
  for (const id of ['a', 'b', 'c']) await ours.logRun('one', id)
  const moved = await ours.lossline('runs', 'mv', 'one/a', 'b', '--to', 'archive')
  expect(moved).toMatchObject({
    exitCode: 0,
    stdout: 'local/one/a is local/archive/a now.\nlocal/one/b is local/archive/b now.\n',
  })
  const listed = await ours.lossline('project', 'list')
  expect(listed.stdout).toBe('local/archive  2 runs\nlocal/one  1 run\n')
  const nowhere = await ours.lossline('runs', 'mv', 'one/c')
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringContaining("'--to <project>'")])
})

test('what only reads makes no data folder, and says that there is none', async () => {
  await using directory = await openTemporaryDirectory()
  const commands = [
    ['runs', 'list'],
    ['runs', 'show', 'x'],
    ['project', 'list'],
    ['runs', 'list', '--data-dir', 'nowhere'],
  ]
  for (const command of commands) {
    const { exitCode, stderr } = await runLossline(command, { cwd: directory.path })
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^lossline: There is no data folder .+\.\n {2}Name it/),
    ])
  }
  expect(await readdir(directory.path)).toEqual([])
})
