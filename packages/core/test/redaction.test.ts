import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { Artifact, ConfigLockedError, init, type Run } from '../src/index.ts'
import { readRun } from './read-run.ts'

afterEach(() => {
  delete process.env.MY_SERVICE_TOKEN
  delete process.env.DATABASE_URL
})

/** Every byte below a folder as text of one byte a character, with the files' names. */
async function allBytesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(files.map(async (path) => path + (await readFile(path, 'latin1'))))
  return contents.join('\n')
}

type Place = (run: Run, secret: string) => void
const split = (secret: string): [string, string] => [secret.slice(0, 5), secret.slice(5)]

const places: Readonly<Record<string, Place>> = {
  'a config value': (run, secret) => run.config.update({ note: `see ${secret}!` }),
  'a nested config value': (run, secret) => run.config.update({ a: { list: [1, { x: [secret] }] } }),
  'a config value with a secret name': (run, secret) => run.config.update({ service: { apiKey: secret } }),
  'a text in a row': (run, secret) => run.log({ text: secret, other: 1 }),
  'a list in a row': (run, secret) => run.log({ list: ['x', secret], nested: { deep: `${secret}.` } }),
  'the summary': (run, secret) => {
    run.summary.best = `with ${secret}`
  },
  'the notes': (run, secret) => {
    run.notes = `about ${secret}`
  },
  'a tag': (run, secret) => {
    run.tags = ['a', secret]
  },
  'the name': (run, secret) => {
    run.name = secret
  },
  'the console': (_, secret) => void process.stdout.write(`key ${secret}\u200b`),
  'the console in two pieces': (_, secret) => {
    for (const piece of split(secret)) process.stderr.write(piece)
  },
  'a URL on the console': (_, secret) => void process.stdout.write(`https://h/?x=${encodeURIComponent(secret)} `),
  'an error on the console': (_, secret) => void process.stderr.write(String(new Error(`bad key ${secret}`))),
}

// Longer ones would not fit into a tag.
const secret = fc
  .stringMatching(/^[A-Za-z0-9"/+\u00e9 ]{6}[A-Z]{2}[0-9]{2}[a-z]{0,20}$/)
  .filter((text) => text.trim() === text)

test('a known secret reaches no byte of the run folder, wherever a program puts it', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(secret, fc.subarray(Object.keys(places), { minLength: 1 }), async (value, chosen) => {
      await using directory = await openTemporaryDirectory()
      process.env.MY_SERVICE_TOKEN = value
      const run = await init({
        project: 'redaction',
        dir: directory.path,
        notes: `from ${value}`,
        config: { first: value, list: [value] },
        reinit: 'createNew',
      })
      for (const place of chosen) places[place]?.(run, value)
      await run.finish()
      const bytes = await allBytesOf(directory.path)
      for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) {
        expect(bytes).not.toContain(Buffer.from(form).toString('latin1'))
      }
      // It says so, in the run and to the program.
      expect(run.redactions).toContain('config.first')
      const { config } = await readRun(directory.path)
      expect(config).toHaveProperty('_wandb.lossline.redacted', [...run.redactions])
      expect(run.redactions.includes('console')).toBe(chosen.some((place) => place.includes('console')))
    }),
    { numRuns: 12 },
  )
})

describe('what is not secret', () => {
  test('is kept as it is, also beside secrets', async () => {
    await using directory = await openTemporaryDirectory()
    process.env.MY_SERVICE_TOKEN = 'digits-project-1'
    const run = await init({
      project: 'digits-project-1',
      id: 'one',
      dir: directory.path,
      tags: ['a'],
      reinit: 'createNew',
    })
    run.log({ text: 'héllo', list: [1, 'two'] })
    process.stdout.write('plain\u200b')
    await run.finish()
    const { rows, output, records } = await readRun(directory.path)
    expect(rows[0]).toMatchObject({ text: 'héllo', list: [1, 'two'] })
    expect(output.stdout).toContain('plain')
    // Where a run belongs is no text to be hidden: it would be another run.
    const first = records.find((record) => record.kind === 'run')
    expect(first).toMatchObject({ run: { project: 'digits-project-1', runId: 'one', tags: ['a'] } })
  })
})

test('the password of a URL in the environment is a known secret', async () => {
  await using directory = await openTemporaryDirectory()
  process.env.DATABASE_URL = 'postgres://me:pa55%2Fw0rd@db/x'
  const run = await init({ project: 'p', dir: directory.path, reinit: 'createNew' })
  run.log({ a: 'pa55/w0rd', b: 'pa55%2Fw0rd' })
  await run.finish()
  expect((await readRun(directory.path)).rows[0]).toMatchObject({ a: '[redacted]', b: '[redacted]' })
})

test('an error about a config value with a secret name does not say the value', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await init({ dir: directory.path, config: { api: { key: 'k', token: 'abc' } }, reinit: 'createNew' })
  try {
    const change = (): unknown => run.config.update({ api: { token: 'xyz' } })
    expect(change).toThrow(ConfigLockedError)
    expect(change).not.toThrow(/abc|xyz/)
  } finally {
    await run.finish()
  }
})

test('secrets in the metadata of an artifact are hidden as those in the config are', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await init({ dir: directory.path, project: 'p', mode: 'offline', silent: true, console: 'off' })
  const metadata = {
    framework: 'tfjs',
    pad_token: '<pad>',
    source: { url: 'https://user:pass-1234@host/data', api_key: 'Key-12345678', list: [{ password: 5 }] },
  }
  const artifact = new Artifact('a', 'model', { metadata })
  await artifact.addBuffer('x', 'x')
  run.logArtifact(artifact)
  await run.finish()
  expect(artifact.metadata).toEqual(metadata)
  expect(run.redactions).toEqual([
    'artifact a: metadata.source.url',
    'artifact a: metadata.source.api_key',
    'artifact a: metadata.source.list.password',
  ])
  const { records } = await readRun(directory.path)
  const [record] = records.flatMap((entry) => (entry.kind === 'artifact' ? [entry.artifact] : []))
  expect(JSON.parse(record?.metadata ?? '')).toEqual({
    framework: 'tfjs',
    pad_token: '<pad>',
    source: { url: 'https://[redacted]@host/data', api_key: '[redacted]', list: [{ password: '[redacted]' }] },
  })
  expect(await allBytesOf(directory.join('.lossline', 'runs'))).not.toMatch(/pass-1234|Key-12345678/)
})
