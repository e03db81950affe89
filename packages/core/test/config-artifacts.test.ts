import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Artifact, init } from '../src/index.ts'
import { nodePlatform } from '../src/node/node-platform.ts'
import { startRun } from '../src/run/start-run.ts'
import { openApiServer } from './api/api-server.ts'
import { openMuteServer } from './loopback-server.ts'
import { readRun } from './read-run.ts'

test('artifacts in the config are inputs of the run, and the config says which ones, as with W&B', async () => {
  await using server = await openApiServer()
  await server.logRun({ id: 'maker' }, async (run) => {
    const artifact = new Artifact('digits', 'dataset')
    await artifact.addBuffer('1', 'x')
    await run.logArtifact(artifact).wait()
  })
  const version = await server.api.artifact('digits:latest')
  const json = {
    _type: 'artifactVersion',
    _version: 'v0',
    id: version.id,
    version: 'v0',
    sequenceName: 'digits',
    usedAs: null,
  }
  await server.logRun({ id: 'user', config: { dataset: version, epochs: 3 } }, async (run) => {
    expect(run.config.dataset).toBe(version)
    const base = new Artifact('base', 'model')
    await base.addBuffer('2', 'y')
    run.config.update({ base })
    for (const wrong of [{ inner: { version } }, { list: [version] }]) {
      expect(() => run.config.update(wrong)).toThrow(expect.objectContaining({ code: 'artifact-invalid' }))
    }
    // As metrics they are nothing.
    run.log({ loss: 1, ...({ dataset: version } as object) })
  })
  const user = await server.api.run('user')
  expect(user.config).toEqual({
    epochs: 3,
    dataset: json,
    base: expect.objectContaining({ _type: 'artifactVersion', version: 'v0', sequenceName: 'base' }),
  })
  expect(user.summary).not.toHaveProperty('dataset')
  const used = await user.usedArtifacts().toArray()
  expect(used.map(({ name }) => name).sort()).toEqual(['base', 'digits'])
})

test('where no server is asked, an artifact in the config is left out and said, and the run goes on', async () => {
  await using directory = await openTemporaryDirectory()
  const artifact = new Artifact('a', 'model')
  const said: string[] = []
  const run = await startRun(
    { ...nodePlatform, print: (line) => said.push(line) },
    { dir: directory.path, project: 'p', mode: 'offline', silent: false, config: { artifact, epochs: 3 } },
  )
  await run.finish()
  const { config, records } = await readRun(directory.path)
  expect(config).toMatchObject({ epochs: 3 })
  expect(config).not.toHaveProperty('artifact')
  // A draft is an input of the run all the same.
  expect(said.join('\n')).toContain('The artifact "a" is not in the config "artifact": ')
  expect(records.flatMap((record) => (record.kind === 'artifact' ? [record.artifact] : []))).toMatchObject([
    { name: 'a', useAfterCommit: true },
  ])
  await expect(init({ config: { inner: { artifact } } })).rejects.toMatchObject({ code: 'artifact-invalid' })
})

test('a config that holds itself is refused as such', async () => {
  const inner: Record<string, unknown> = {}
  inner.list = [inner]
  await expect(init({ mode: 'disabled', config: { inner } })).rejects.toMatchObject({ code: 'cyclic-value' })
})

test('a server that does not answer holds up the end once, not also for an artifact in the config', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openMuteServer()
  const artifact = new Artifact('a', 'model')
  await artifact.addBuffer('1', 'x')
  const said: string[] = []
  const place = { mode: 'online', baseUrl: server.url, apiKey: 'k'.repeat(40), finishTimeoutMs: 300 } as const
  const run = await startRun(
    { ...nodePlatform, print: (line) => said.push(line) },
    {
      dir: directory.path,
      project: 'p',
      silent: false,
      ...place,
      disableGit: true,
      disableMetadata: true,
      config: { artifact },
    },
  )
  const startMs = performance.now()
  await run.finish()
  expect(performance.now() - startMs).toBeLessThan(5000)
  expect(said.join('\n')).toMatch(/The artifact "a" is not in the config "artifact": .*within 300 ms/)
  const { exitCode, records } = await readRun(directory.path)
  expect(exitCode).toBe(0)
  expect(records.filter(({ kind }) => kind === 'artifact')).toHaveLength(1)
})
