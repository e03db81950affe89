import { readFileSync, writeFileSync } from 'node:fs'
import { openTemporaryDirectory, workspaceUrl } from '@lossline/testing'
import { expect, test } from 'vitest'
import { readServeSettings } from '../src/cli/serve/read-serve-settings.ts'
import { runLossline, startLossline } from './run-lossline.ts'

const guide = readFileSync(workspaceUrl('docs/guide/team-server.md'), 'utf8')

function blocksOf(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

/** Words of a command line, of which some are quoted. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

test('the commands of the guide work, in their order', async () => {
  await using directory = await openTemporaryDirectory()
  const lines = blocksOf('sh').flatMap((block) => block.trimEnd().split('\n'))
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) {
    const [npx, lossline, ...args] = wordsOf(line)
    expect([npx, lossline]).toEqual(['npx', 'lossline'])
    const { exitCode, stderr } = await runLossline(args, { cwd: directory.path })
    expect({ line, exitCode, stderr }).toEqual({ line, exitCode: 0, stderr: '' })
  }
})

test('the settings of the guide are understood, and a server that has them is watched with the token', async () => {
  await using directory = await openTemporaryDirectory()
  const [text = ''] = blocksOf('json')
  writeFileSync(directory.join('guide.json'), text)
  const read = readServeSettings({
    flags: {},
    config: directory.join('guide.json'),
    dataDirectory: '',
    environment: {},
  })
  expect(read).toEqual(JSON.parse(text))
  await using server = startLossline(['serve', '--config', 'guide.json', '--port', '0'], {
    cwd: directory.path,
    env: { LOSSLINE_ADMIN_TOKEN: 'token-of-the-operator' },
  })
  const [, url = ''] = await server.waitForOutput(/^Lossline is at (\S+) /)
  const ask = (path: string) => fetch(`${url}${path}`, { headers: { authorization: 'Bearer token-of-the-operator' } })
  expect((await fetch(`${url}/metrics`)).status).toBe(401)
  const metrics = await (await ask('/metrics')).text()
  for (const [, name = ''] of guide.matchAll(/`(lossline_[a-z_]+)/g)) expect(metrics).toContain(`# TYPE ${name} `)
  const backup = await ask('/api/admin/backup')
  expect([backup.status, (await backup.arrayBuffer()).byteLength]).toEqual([200, expect.any(Number)])
})
