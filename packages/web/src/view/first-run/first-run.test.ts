import { readFile } from 'node:fs/promises'
import type { Refusal } from '@lossline/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHintStore, hintIds } from './hint-store.ts'
import { tellRefusal } from './refusal-words.ts'
import { existingPythonSnippet, importWays, javascriptSnippet, loginCommand, pythonSnippet } from './snippets.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('hints come with the first run, and each goes away for good', () => {
  const hints = createHintStore()
  expect(hints.get()).toEqual([])
  hints.begin()
  expect(hints.get()).toEqual(hintIds)
  hints.dismiss('smoothing')
  expect(createHintStore().get()).toEqual(['eye', 'share'])
  hints.dismiss('eye')
  hints.dismiss('share')
  const later = createHintStore()
  later.begin()
  expect(later.get()).toEqual([])
})

test('snippets hold the address, and the key where one is asked for', () => {
  const serverUrl = 'http://127.0.0.1:5757'
  const withKey = { serverUrl, project: 'p', apiKey: 'k'.repeat(40) }
  const open = { ...withKey, apiKey: undefined }
  for (const snippet of [pythonSnippet, javascriptSnippet, existingPythonSnippet]) {
    expect(snippet(withKey)).toContain(serverUrl)
    expect(snippet(withKey)).toContain(withKey.apiKey)
  }
  expect(loginCommand(withKey)).toBe(`wandb login --host ${serverUrl}`)
  expect(javascriptSnippet(open)).not.toContain('apiKey')
  expect(pythonSnippet(open)).toMatch(/WANDB_API_KEY"\] = "\w{40}" {2}# any will/)
  const ways = importWays({ ...withKey, runsDirectory: '/data of ana/runs' })
  expect(ways.at(-1)?.command).toMatch(/ '\/data of ana\/runs'\/$/)
  expect(ways.map(({ command }) => command.split(' ')[0])).toEqual([
    `LOSSLINE_API_KEY=${withKey.apiKey}`,
    'export',
    'lossline',
    'cp',
  ])
})

test('how to install is what the README says', async () => {
  const readme = await readFile(new URL('../../../../../README.md', import.meta.url), 'utf8')
  const install = /npm install .*/.exec(javascriptSnippet({ serverUrl: '', project: 'p', apiKey: undefined }))?.[0]
  expect(readme).toContain(install)
})

test('problems are told with what to do, and the program where it is known', () => {
  const refusal = (more: Partial<Refusal>): Refusal => ({
    ...{ kind: 'wrong-key', client: 'wandb 0.19.1', host: null, count: 1, lastAtMs: 0, ...more },
  })
  expect(tellRefusal(refusal({}), 'http://s')).toMatchObject({
    what: 'A client (wandb 0.19.1) came with a key that this server does not know.',
    remedy: expect.stringContaining('wandb login --relogin --host http://s'),
  })
  expect(tellRefusal(refusal({ kind: 'blocked-host', host: 'gpu-box', client: null, count: 3 }), '').what).toBe(
    'A program asked for this server as gpu-box, and was refused (3 times).',
  )
})
