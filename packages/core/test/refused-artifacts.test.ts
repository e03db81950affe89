import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Artifact, init } from '../src/index.ts'

async function thing(type: string): Promise<Artifact> {
  const artifact = new Artifact('thing', type)
  await artifact.addBuffer(type, 'type.txt')
  return artifact
}

const wrongType = expect.stringContaining('"thing" has the type "dataset", not "model"')

test('of local mode say at once why they were refused, and the server logs it', async () => {
  await using directory = await openTemporaryDirectory()
  const log: unknown[] = []
  const dataDirectory = directory.join('.lossline')
  const server = await startServer({
    dataDirectory,
    port: 0,
    log: (_level, message, fields) => log.push({ message, ...fields }),
  })
  const options = { dir: directory.path, project: 'p', silent: true } as const
  try {
    await using first = await init(options)
    await first.logArtifact(await thing('dataset')).wait()
    await first.finish()
    await using second = await init(options)
    const begunMs = Date.now()
    await expect(second.logArtifact(await thing('model')).wait({ timeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'artifact-save-failed',
      message: wrongType,
    })
    expect(Date.now() - begunMs).toBeLessThan(10_000)
    expect(log).toContainEqual(
      expect.objectContaining({ message: 'artifact of a run was not taken', name: 'thing', reason: wrongType }),
    )
  } finally {
    await server.close()
  }
})

test('of another type than one of their name in the same run are refused by the call', async () => {
  await using directory = await openTemporaryDirectory()
  await using run = await init({ dir: directory.path, mode: 'offline', silent: true })
  run.logArtifact(await thing('dataset'))
  const other = await thing('model')
  expect(() => run.logArtifact(other)).toThrow(expect.objectContaining({ code: 'artifact-invalid' }))
  expect(other.isFrozen).toBe(false)
})
