import { readFileSync, writeFileSync } from 'node:fs'
import { openTemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { readServeSettings } from '../src/cli/serve/read-serve-settings.ts'
import { type ServeSettings, serveSettings } from '../src/cli/serve/serve-settings.ts'
import { runLossline, startLossline } from './run-lossline.ts'

/** Two values for each setting, as texts; the table of settings must not have one that is not here. */
const values: Readonly<Record<keyof ServeSettings, readonly [string, string]>> = {
  host: ['127.0.0.2', '127.0.0.3'],
  port: ['1', '2'],
  auth: ['open', 'keys'],
  publicUrl: ['http://a', 'https://b'],
  notebooks: ['http://a', 'https://b,http://c:1'],
  rateLimit: ['10', '20'],
  allowOpen: ['true', 'false'],
  logLevel: ['debug', 'error'],
  logFormat: ['json', 'text'],
}

test.each(serveSettings)('$key: the command line before the environment before the file', async (setting) => {
  await using directory = await openTemporaryDirectory()
  const [first, second] = values[setting.key].map((text) => setting.parse(text))
  const read = (flags: ServeSettings, environment: Record<string, string>) =>
    readServeSettings({ flags, config: undefined, dataDirectory: directory.path, environment })[setting.key]
  expect(read({}, {})).toBeUndefined()
  writeFileSync(directory.join('server-settings.json'), JSON.stringify({ [setting.key]: first }))
  expect(read({}, {})).toBe(first)
  expect(read({}, { [setting.environment]: values[setting.key][1] })).toBe(second)
  expect(read({ [setting.key]: first }, { [setting.environment]: values[setting.key][1] })).toBe(first)
})

test('the README and the help have every setting, as the table has it', async () => {
  await using directory = await openTemporaryDirectory()
  const readme = readFileSync(workspaceUrl('packages/lossline/README.md'), 'utf8')
  const { stdout } = await runLossline(['serve', '--help'], { cwd: directory.path })
  const help = stdout.replace(/\s+/g, ' ')
  for (const { key, environment, flag, fallback, help: text } of serveSettings) {
    const option = flag.replace(/<(.*)>/, (_, name: string) => name.toUpperCase())
    expect(readme).toContain(`| \`${key}\` | \`${environment}\` | \`${option}\` | ${fallback} | ${text} |`)
    expect(help).toContain(`${flag} ${text} (default: ${environment}, else ${fallback})`)
  }
})

test('the server does as its file says, and logs each request', async () => {
  await using directory = await openTemporaryDirectory()
  const settings = { port: 0, auth: 'keys', logLevel: 'info', logFormat: 'text' }
  writeFileSync(directory.join('mine.json'), JSON.stringify(settings))
  await using server = startLossline(['serve', '--config', 'mine.json'], { cwd: directory.path })
  const [, url = ''] = await server.waitForOutput(/^Lossline is at (\S+) /)
  const answer = await fetch(`${url}/api/projects?secret=1`, { headers: { 'x-request-id': 'mine' } })
  expect(answer.status).toBe(401)
  await server.waitForOutput(/INFO {2}request requestId=mine method=GET path=\/api\/projects status=401 durationMs=/)
})

test('the address that clients use is told beside that of this machine', async () => {
  await using directory = await openTemporaryDirectory()
  const publicUrl = 'https://track.example.org'
  await using server = startLossline(['serve', '--port', '0', '--public-url', publicUrl], { cwd: directory.path })
  const [, told] = await server.waitForOutput(/^Lossline is at http:\/\/127\.0\.0\.1:\d+ and (\S+) \(data in /)
  expect(told).toBe(publicUrl)
})

test.each([
  ['server-settings.json', '{"prot": 1}', {}, 'There is no setting "prot", which is in '],
  ['server-settings.json', '{"port": "many"}', {}, 'cannot be "many". A port is a number from 0 to 65535.'],
  ['server-settings.json', '{"port": [1]}', {}, 'must be a text, a number, true or false'],
  ['server-settings.json', '{port: 1}', {}, 'are no JSON'],
  ['server-settings.json', '[]', {}, 'must be one JSON object'],
  ['other.json', '{}', { LOSSLINE_SERVE_CONFIG: 'nowhere.json' }, 'The settings nowhere.json cannot be read'],
  ['other.json', '{}', { LOSSLINE_SERVE_PORTS: '1' }, 'There is no setting "LOSSLINE_SERVE_PORTS"'],
  [
    'other.json',
    '{}',
    { LOSSLINE_SERVE_AUTH: 'none' },
    'LOSSLINE_SERVE_AUTH cannot be "none". Allowed choices are open, keys.',
  ],
])('%s with %s and %j is refused with what is wrong', async (name, text, env, message) => {
  await using directory = await openTemporaryDirectory()
  writeFileSync(directory.join(name), text)
  const result = await runLossline(['serve', '--data-dir', '.', '--json'], { cwd: directory.path, env })
  expect(result.exitCode).toBe(1)
  const { error } = JSON.parse(result.stderr)
  expect(error).toMatchObject({ code: 'invalid-serve-setting', hint: expect.any(String) })
  expect(error.message).toContain(message)
})
