import { readdirSync, readFileSync } from 'node:fs'
import { fixtureUrl } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { openTestServer } from './test-server.ts'
import { type Exchange, type Recording, unpackRecording } from './traffic/exchange.ts'
import { replay } from './traffic/replay.ts'

const directory = fixtureUrl('wandb-traffic/')
const names = readdirSync(directory).filter((name) => name.endsWith('.json.gz'))

function open(name: string): Recording {
  return unpackRecording(readFileSync(new URL(name, directory)))
}

async function replayed(recording: Recording): Promise<string[]> {
  await using server = await openTestServer({ startMs: recording.exchanges[0]!.atMs })
  return await replay(recording, server)
}

describe("recorded sessions of W&B's client get the answers that the client was content with", {
  timeout: 120_000,
}, () => {
  test.each(names)('%s', async (name) => {
    const recording = open(name)
    expect(recording.exchanges.length).toBeGreaterThan(20)
    // One that is missing makes all after it differ.
    expect((await replayed(recording)).slice(0, 10)).toEqual([])
  })

  // As if the server answered otherwise than when it was recorded.
  test.each([
    ['a value', '\\"lr\\":{\\"value\\":1}', '\\"lr\\":{\\"value\\":2}', /config/],
    ['a number', '"historyLineCount":5', '"historyLineCount":6', /historyLineCount: 5 instead of 6/],
    ['a member', '"historyLineCount":5', '"historyCount":5', /the members/],
    ['a feature', '"name":"MARK_RUN_FILES_UPLOADED","isEnabled":true', '"name":"GONE","isEnabled":true', /GONE/],
    ['a run for another', '"name":"fork"', '"name":"py"', /name: "fork" instead of "py"/],
  ])('%s that is not as it was recorded is told', async (_, from, to, told) => {
    const recording = open(names.find((name) => name.startsWith('go-on.')) as string)
    const change = (exchange: Exchange): Exchange =>
      exchange.answer.kind === 'json'
        ? { ...exchange, answer: { kind: 'json', json: exchange.answer.json.replaceAll(from, to) } }
        : exchange
    const exchanges = recording.exchanges.map(change)
    expect(exchanges).not.toEqual(recording.exchanges)
    expect((await replayed({ ...recording, exchanges })).join('\n')).toMatch(told)
  })
})
