import { expect, test } from 'vitest'
import type { Destination } from '../settings/choose-destination.ts'
import { createRunPage } from './run-page.ts'

const pageOf = (destination: Destination, given: { local?: string; other?: string; directory?: string } = {}) =>
  createRunPage({
    destination,
    facts: { entity: undefined, project: 'p', id: 'r' },
    runDirectory: given.directory ?? '/runs/r',
    otherDataDirectory: given.other,
    findLocalServerUrl: () => given.local,
  })
const online: Destination = { mode: 'online', baseUrl: 'https://api.wandb.ai', apiKey: undefined }
const taken = { entity: 'team', project: 'q', runId: 'r', displayName: 'calm' }

test('a run that no server has taken in is shown nowhere', () => {
  const page = pageOf(online)
  expect(page.startLine).toBe('it will be sent to https://wandb.ai')
  expect(page.describeEnd({ isComplete: false })).toBeUndefined()
})

test('once it is taken in it is shown where the server has put it', () => {
  const page = pageOf(online)
  expect(page.acknowledge(taken)).toBe('it is shown at https://wandb.ai/team/q/runs/r')
  expect(page.url).toBe('https://wandb.ai/team/q/runs/r')
  expect(page.describeEnd({ isComplete: true })).toBe('it is shown at https://wandb.ai/team/q/runs/r')
  expect(page.describeEnd({ isComplete: false })).toBe('what was sent is shown at https://wandb.ai/team/q/runs/r')
})

test.each<[string, Destination, Parameters<typeof pageOf>[1], string | undefined]>([
  ['a local run with a server', { mode: 'local' }, { local: 'http://h:1' }, 'it is shown at http://h:1/local/p/runs/r'],
  ['a local run without one', { mode: 'local' }, {}, 'to see it: npx lossline serve'],
  ['one in another folder', { mode: 'local' }, { other: '/x y' }, "to see it: npx lossline serve --data-dir '/x y'"],
  ['an offline run', { mode: 'offline' }, { directory: '/my runs/r' }, "to send it: npx lossline sync '/my runs/r'"],
  [
    'a folder with a name that a shell would read',
    { mode: 'offline' },
    { directory: "/$HOME's/r" },
    "to send it: npx lossline sync '/$HOME'\\''s/r'",
  ],
  [
    'a folder of Windows',
    { mode: 'offline' },
    { directory: 'C:\\my runs\\r' },
    'to send it: npx lossline sync "C:\\my runs\\r"',
  ],
  ['a disabled run', { mode: 'disabled' }, {}, undefined],
])('the end of %s', (_, destination, given, line) => {
  expect(pageOf(destination, given).describeEnd(undefined)).toBe(line)
})
