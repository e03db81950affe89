import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openTemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline, runLosslineProcess } from './run-lossline.ts'

test('--version prints the version of the package', async () => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, stdout } = await runLosslineProcess(['--version'], { cwd: directory.path })
  const manifest = JSON.parse(readFileSync(workspaceUrl('packages/lossline/package.json'), 'utf8'))
  expect(stdout).toBe(`${manifest.version}\n`)
  expect(exitCode).toBe(0)
})

test('--help lists the commands, and the README has them all', async () => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, stdout } = await runLossline(['--help'], { cwd: directory.path })
  expect(exitCode).toBe(0)
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help')
  expect(commands).toEqual([
    'serve',
    'sync',
    'runs',
    'sweep',
    'agent',
    'project',
    'user',
    'key',
    'team',
    'backup',
    'restore',
    'gc',
    'reindex',
    'login',
    'logout',
    'doctor',
  ])
  const readme = readFileSync(workspaceUrl('packages/lossline/README.md'), 'utf8')
  for (const command of commands) {
    expect(readme).toContain(`lossline ${command}`)
    const help = await runLossline([command as string, '--help'], { cwd: directory.path })
    for (const [option] of help.stdout.matchAll(/--[a-z-]+/g)) {
      if (option !== '--help') expect(readme, option).toContain(`\`${option}`)
    }
  }
})

test.each([
  [['snyc'], 'Did you mean sync?'],
  [['serve', '--prot', '1'], "unknown option '--prot'"],
  [['serve', '--port', '70000'], 'A port is a number from 0 to 65535.'],
  [['serve', '--rate-limit', '0'], 'Pass a whole number above 0.'],
  [['sync', '--timeout', 'soon'], 'Pass a number of seconds above 0.'],
  [['sync', '--jobs', '0'], 'Pass a whole number above 0.'],
  [['runs', 'list', '--limit', '1.5'], 'Pass a whole number above 0.'],
  [['gc', '--grace', 'long'], 'Pass a number of seconds, 0 or more.'],
  [['login', '--host', 'nope'], 'Pass a URL that starts with http:// or https://.'],
  [['runs', 'list', '--base-url', 'nope'], 'Pass a URL that starts with http:// or https://.'],
])('%s is not understood: exit code 2, one line, and where to look', async (args, text) => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, stdout, stderr } = await runLossline(args, { cwd: directory.path })
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^lossline: /)
  expect(stderr).toContain(text)
  expect(stderr).toContain('lossline --help')
})

test('the process says the same: words of an error on standard error, and its exit code', async () => {
  await using directory = await openTemporaryDirectory()
  const wrong = await runLosslineProcess(['serve', '--prot', '1'], { cwd: directory.path })
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining("unknown option '--prot'") })
  const failed = await runLosslineProcess(['sync'], { cwd: directory.path })
  expect(failed).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^lossline: No server is known/),
  })
})

test('an error is one line and a hint; JSON with --json; with its stack with --verbose', async () => {
  await using directory = await openTemporaryDirectory()
  const options = { cwd: directory.path }

  const plain = await runLossline(['sync'], options)
  expect(plain.exitCode).toBe(1)
  expect(plain.stderr).toMatchInlineSnapshot(`
    "lossline: No server is known that the runs could be sent to.
      Pass --base-url (and --api-key), set LOSSLINE_BASE_URL and LOSSLINE_API_KEY, or run lossline login.
    "
  `)

  const json = await runLossline(['sync', '--json'], options)
  expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'sync-target-missing' } })

  const verbose = await runLossline(['--verbose', 'sync'], options)
  expect(verbose.stderr).toContain('sync-target.ts')
})

test('what Ctrl-C ends says nothing more, and its exit code says why', async () => {
  await using directory = await openTemporaryDirectory()
  const options = { cwd: directory.path, stop: AbortSignal.timeout(50) }
  // Nobody listens there, and the answer would be waited for.
  const command = ['runs', 'show', 'p/r', '--base-url', 'http://127.0.0.1:2']
  expect(await runLossline(command, options)).toEqual({ exitCode: 130, stdout: '', stderr: '' })
})

test('a setting that cannot be is an error of its own, not of the command', async () => {
  await using directory = await openTemporaryDirectory()
  const { exitCode, stderr } = await runLossline(['doctor'], {
    cwd: directory.path,
    env: { LOSSLINE_MODE: 'sometimes' },
  })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('mode')
})

test.skipIf(process.platform === 'win32')('a reader that has seen enough is no error', async () => {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const node = `"$1" --conditions=source --disable-warning=ExperimentalWarning "$2"`
  // The end of the pipe is closed long before Node has begun.
  const script = `(${node} --help; echo "code $?" >&2) | true; (${node} nonsense 2>&1; echo "code $?" >&3) 3>&2 | true`
  const { stderr } = await promisify(execFile)('sh', ['-c', script, 'sh', process.execPath, main])
  expect(stderr).toBe('code 0\ncode 0\n')
})
