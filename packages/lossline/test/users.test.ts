import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

test('users, keys and teams are made, shown and taken away without a server', async () => {
  await using directory = await openTemporaryDirectory()
  const run = (...args: string[]) => runLossline(args, { cwd: directory.path })
  expect((await run('user', 'list')).stdout).toContain('There are no users')
  const made = await run('user', 'add', 'alice', '--admin', '--email', 'alice@example.org')
  const [, key = ''] = /shown this once:\n {2}(\w{48})\n/.exec(made.stdout) ?? []
  expect([made.exitCode, made.stderr]).toEqual([0, ''])
  expect(made.stdout).toContain('User alice (admin) has 1 key.')

  const given = `${'by-hand_'.repeat(6)}`
  await run('user', 'add', 'bob', '--key', given)
  const another = await run('key', 'new', 'bob', '--description', 'laptop')
  expect(another.stdout).toMatch(/shown this once:\n {2}\w{48}\n/)
  await run('key', 'new', 'bob', '--scope', 'read')
  await run('team', 'add', 'lab')
  expect((await run('team', 'join', 'lab', 'bob', '--role', 'reader')).stdout).toBe('bob is a reader of lab.\n')
  const { stdout } = await run('user', 'list')
  expect(stdout).toContain(`alice  admin  alice@example.org  keys: ${key.slice(0, 8)}\n`)
  expect(stdout).toMatch(/^bob {2}keys: by-hand_, \w{8} \(laptop\), \w{8} \(read only\) {2}teams: lab \(reader\)$/m)
  expect(stdout).not.toContain(key)
  expect((await run('team', 'list')).stdout).toBe('lab  members: bob (reader)\n')

  expect((await run('key', 'rm', 'bob', 'by-hand_')).exitCode).toBe(0)
  expect((await run('team', 'leave', 'lab', 'bob')).stdout).toBe('bob is no longer in lab.\n')
  expect((await run('team', 'rm', 'lab')).exitCode).toBe(0)
  expect((await run('user', 'rm', 'bob')).exitCode).toBe(0)
  const users = JSON.parse((await run('user', 'list', '--json')).stdout).users
  expect(users).toMatchObject([{ name: 'alice', admin: true, keys: [{ prefix: key.slice(0, 8) }] }])
})

test('adding a user who is there says so, and what has changed', async () => {
  await using directory = await openTemporaryDirectory()
  const add = async (...args: string[]): Promise<string> =>
    (await runLossline(['user', 'add', 'bob', ...args], { cwd: directory.path })).stdout
  expect(await add()).not.toContain('already')
  expect(await add()).toBe('There was a user bob already: nothing was changed.\nUser bob has 1 key.\n')
  expect(await add('--admin')).toBe('There was a user bob already: bob is an admin now.\nUser bob (admin) has 1 key.\n')
  const changed = await add('--email', 'bob@example.org', '--key', 'by-hand_'.repeat(6))
  expect(changed).toContain('already: bob has the address bob@example.org now, has another key.\n')
})

test.each([
  [['user', 'rm', 'nobody'], 'There is no user "nobody".'],
  [['user', 'add', 'a b'], 'No user or team can be named "a b".'],
  [['user', 'add', 'alice', '--key', 'short'], 'An API key has 40 to 256 letters, digits, "_" and "-".'],
  [['team', 'join', 'lab', 'alice'], 'There is no team "lab".'],
])('%j is refused with what is wrong', async (args, message) => {
  await using directory = await openTemporaryDirectory()
  const result = await runLossline(args, { cwd: directory.path })
  expect([result.exitCode, result.stdout]).toEqual([1, ''])
  expect(result.stderr).toContain(message)
  const asJson = await runLossline([...args, '--json'], { cwd: directory.path })
  expect(JSON.parse(asJson.stderr)).toMatchObject({ error: { code: 'admin-refused', message } })
})

test('a server that is up knows a new user at once, asks everybody for keys, and lets this machine in', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = startLossline(['serve', '--port', '0'], { cwd: directory.path })
  const [, url = ''] = await server.waitForOutput(/^Lossline is at (\S+) /)
  expect((await fetch(`${url}/api/status`)).status).toBe(200)
  const { stdout } = await runLossline(['user', 'add', 'alice', '--json'], { cwd: directory.path })
  const { apiKey } = JSON.parse(stdout)
  expect((await fetch(`${url}/api/status`)).status).toBe(401)
  const asAlice = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${apiKey}` } })
  expect(asAlice.status).toBe(200)
  // What runs of this folder ask needs no key: whoever can read the folder has everything anyway.
  const listed = await runLossline(['runs', 'list', '--json'], { cwd: directory.path })
  expect([listed.exitCode, listed.stderr]).toEqual([0, ''])
})

test('on other addresses keys are asked for, and the token of the environment adds users', async () => {
  await using directory = await openTemporaryDirectory()
  const options = { cwd: directory.path, env: { LOSSLINE_ADMIN_TOKEN: 'secret-of-the-operator' } }
  await using server = startLossline(['serve', '--port', '0', '--host', '0.0.0.0'], options)
  const [, url = ''] = await server.waitForOutput(/^Lossline is at (\S+) /)
  expect((await fetch(`${url}/api/status`)).status).toBe(401)
  const put = (token: string) =>
    fetch(`${url}/api/admin/users/ci`, { method: 'PUT', headers: { authorization: `Bearer ${token}` } })
  expect((await put('wrong')).status).toBe(401)
  expect((await put('secret-of-the-operator')).status).toBe(201)
})
