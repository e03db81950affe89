import { execFileSync } from 'node:child_process'
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type RunOnDisk, readRun } from './read-run.ts'

const program = new URL('programs/surroundings.ts', import.meta.url)

function git(directory: TemporaryDirectory, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=trunk']
  return execFileSync('git', [...identity, ...args], { cwd: directory.path, encoding: 'utf8' }).trim()
}

/** The environment records, merged as readers do. */
function environmentOf({ records }: RunOnDisk) {
  return Object.assign({}, ...records.map((record) => (record.kind === 'environment' ? record.environment : {})))
}

async function observe(directory: TemporaryDirectory, args: string[] = [], env: Record<string, string> = {}) {
  await using child = spawnScript(program, { args, cwd: directory.path, env: { LOSSLINE_SILENT: undefined, ...env } })
  const { exitCode } = await child.exited
  expect(child.stderr).not.toMatch(/Error/)
  expect(exitCode).toBe(0)
  return { run: await readRun(directory.path), stdout: child.stdout, stderr: child.stderr }
}

describe('the surroundings', () => {
  test('are the program, the machine, git and the packages', async () => {
    await using directory = await openTemporaryDirectory()
    git(directory, 'init')
    await writeFile(directory.join('file'), 'x')
    await mkdir(directory.join('node_modules', 'some-package'), { recursive: true })
    await writeFile(directory.join('node_modules', 'some-package', 'package.json'), '{"version":"1.2.3"}')
    await writeFile(directory.join('package.json'), '{"dependencies":{"some-package":"^1","absent":"1"}}')
    git(directory, 'add', 'file')
    git(directory, 'commit', '-m', 'x')
    git(directory, 'remote', 'add', 'origin', 'https://me:sekret@example.org/r.git')
    await writeFile(directory.join('file'), 'y')

    const { run } = await observe(directory, ['--lr', '0.1'])
    const root = await realpath(directory.path)
    const commit = git(directory, 'rev-parse', 'HEAD')
    expect(environmentOf(run)).toMatchObject({
      python: `Node.js ${process.version}`,
      args: ['--lr', '0.1'],
      program: expect.stringMatching(/surroundings\.ts$/),
      root,
      host: expect.any(String),
      executable: process.execPath,
      cpuCount: expect.any(Number),
      memory: { total: expect.any(Number) },
      disk: { '/': { total: expect.any(Number), used: expect.any(Number) } },
      git: { commit, remoteUrl: 'https://[redacted]@example.org/r.git' },
      writerId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const runs = run.records.flatMap((record) => (record.kind === 'run' ? [record.run] : []))
    expect(runs[0]?.project).toBe(root.split('/').at(-1))
    expect(runs.at(-1)).toMatchObject({ git: { commit }, startTime: runs[0]?.startTime })
    expect(run.config).toMatchObject({
      _wandb: { lossline: { git: { branch: 'trunk', isDirty: true }, redacted: ['git.remote'] } },
    })
    expect(run.files['files/requirements.txt']).toBe('some-package==1.2.3\n')
    const files = run.records.flatMap((record) => (record.kind === 'files' ? (record.files.files ?? []) : []))
    expect(files.map(({ path }) => path)).toEqual(['requirements.txt'])
  })

  test('hide secrets of the command line and of the environment', async () => {
    await using directory = await openTemporaryDirectory()
    const secret = 'abcdefgh12345678'
    const args = ['--api-key', 'k1', '--token=k2', `--url=https://h/?x=${secret}`, '--epochs=3']
    const { run } = await observe(directory, args, { MY_SECRET: secret, WANDB_API_KEY: '', SLURM_JOB_ID: '77' })
    expect(environmentOf(run).args).toEqual([
      '--api-key',
      '[redacted]',
      '--token=[redacted]',
      '--url=https://h/?x=[redacted]',
      '--epochs=3',
    ])
    expect(environmentOf(run).slurm).toMatchObject({ job_id: '77' })
    expect(run.config).toMatchObject({
      _wandb: { lossline: { redacted: ['args --api-key', 'args --token', 'args --url'] } },
    })
  })

  test('are left out when metadata is switched off', async () => {
    await using directory = await openTemporaryDirectory()
    const { run } = await observe(directory, ['--lr', '1'], {
      LOSSLINE_DISABLE_METADATA: 'true',
      LOSSLINE_SAVE_REQUIREMENTS: 'false',
    })
    expect(Object.keys(environmentOf(run)).filter((key) => environmentOf(run)[key] !== undefined)).toEqual([
      'startedAt',
    ])
  })

  test('outside a repository the project has no name of its own', async () => {
    await using directory = await openTemporaryDirectory()
    const { run } = await observe(directory)
    expect(run.records.find(({ kind }) => kind === 'run')).toMatchObject({ run: { project: 'uncategorized' } })
  })
})

describe('the console', () => {
  test('is recorded by stream, unchanged for the program, and given back', async () => {
    await using directory = await openTemporaryDirectory()
    const { run, stdout, stderr } = await observe(directory)
    expect(stdout).toBe('before\nout 1\n\rprogress 2\nhäh\nafter\nrestored true true\n')
    expect(run.output.stdout).toBe('out 1\n\rprogress 2\nhäh\n')
    expect(run.output.stderr).toBe('err 1\n')
    expect(stderr).toContain('err 1\n')
  })

  test('gets a few lines from us, which are not in the run', async () => {
    await using directory = await openTemporaryDirectory()
    const { run, stderr } = await observe(directory)
    const [first, ...rest] = stderr.split('\n').filter((line) => line.startsWith('lossline:'))
    expect(first).toContain(`is written to ${run.directory}`)
    expect(rest[0]).toMatch(/finished: 2 rows in [\d.]+ s$/)
    expect(rest[1]).toBe('lossline:   loss  last 0.25, min 0.25, max 0.5')
    expect(run.output.stderr).not.toContain('lossline:')

    await using quietly = await openTemporaryDirectory()
    expect((await observe(quietly, [], { LOSSLINE_QUIET: 'true' })).stderr).toBe('err 1\n')
  })

  test('is left alone when capture is off', async () => {
    await using directory = await openTemporaryDirectory()
    const { run } = await observe(directory, [], { LOSSLINE_CONSOLE: 'off' })
    expect(run.output).toEqual({ stdout: '', stderr: '' })
  })
})

test('what is left out of a run is said once', async () => {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(new URL('programs/left-out.ts', import.meta.url), {
    cwd: directory.path,
    env: { LOSSLINE_SILENT: undefined, LOSSLINE_QUIET: 'true' },
  })
  await child.exited
  expect(child.stderr).toMatchInlineSnapshot(`
    "lossline: "missing" was left out: it is undefined. More of this kind are counted, not said.
    lossline: "accuracy" was left out: it is a promise: await it first. More of this kind are counted, not said.
    lossline: A row was left out: its step is lower than the current one; steps must increase monotonically. More of this kind are counted, not said.
    lossline: 3 values were left out: it is undefined.
    lossline: 2 values were left out: it is a promise: await it first.
    lossline: 2 rows were left out: its step is lower than the current one; steps must increase monotonically.
    "
  `)
  expect((await readRun(directory.path)).rows).toHaveLength(7)
})
