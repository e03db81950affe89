import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { Artifact, type Run } from '../../src/index.ts'
import { openApiServer } from './api-server.ts'

test('artifacts are listed by type, collection, version and run, and found by their names', async () => {
  await using ours = await openApiServer()
  for (const id of ['one', 'two']) {
    await ours.logRun({ id }, async (run) => {
      const model = new Artifact('digits-cnn', 'model', { metadata: { run: id } })
      await model.addBuffer(`weights of ${id}`, 'weights.bin')
      run.logArtifact(model, { aliases: ['best'] })
      if (id === 'one') return
      const labels = new Artifact('labels', 'dataset')
      await labels.addBuffer('a\nb', 'labels.txt')
      run.logArtifact(labels)
    })
  }
  const { api } = ours
  expect((await api.artifactTypes('demo').toArray()).map(({ name }) => name).sort()).toEqual(['dataset', 'model'])
  const collections = await api.artifactCollections('demo', { type: 'model' }).toArray()
  expect(collections).toMatchObject([{ name: 'digits-cnn', type: 'model', entity: 'local', isPortfolio: false }])
  expect((await api.artifactCollections().toArray()).map(({ name }) => name).sort()).toEqual(['digits-cnn', 'labels'])
  expect(await collections[0]?.versions().toArray()).toHaveLength(2)

  const versions = await api.artifactVersions('model', 'digits-cnn', { perPage: 1, order: '+version_index' }).toArray()
  expect(versions.map(({ version, metadata }) => [version, metadata.run])).toEqual([
    ['v0', 'one'],
    ['v1', 'two'],
  ])
  expect(versions[1]?.aliases.toSorted()).toEqual(['best', 'latest'])
  await expect(api.artifactVersions('model', 'nothing').toArray()).rejects.toMatchObject({ code: 'not-found' })

  const best = await api.artifact('digits-cnn:best')
  expect(best).toMatchObject({
    version: 'v1',
    type: 'model',
    fileCount: 1,
    state: 'committed',
    digest: versions[1]?.digest,
  })
  expect((await api.artifact('local/demo/digits-cnn:v0')).metadata).toEqual({ run: 'one' })
  await expect(api.artifact('digits-cnn:v7')).rejects.toMatchObject({ code: 'artifact-not-found' })
  expect(await api.artifactExists('digits-cnn')).toBe(true)
  expect(await api.artifactExists('digits-cnn:worst')).toBe(false)
  expect(await api.artifactCollectionExists('demo/digits-cnn', 'model')).toBe(true)
  expect(await api.artifactCollectionExists('digits-cnn', 'dataset')).toBe(false)

  const run = await api.run('two')
  expect((await run.loggedArtifacts().toArray()).map(({ name }) => name).sort()).toEqual(['digits-cnn', 'labels'])
  expect(await run.usedArtifacts().toArray()).toEqual([])
})

test('a run is deleted with the versions that it made; what others made and what it used stays', async () => {
  await using ours = await openApiServer()
  const { api } = ours
  const log = async (run: Run, name: string, content: string): Promise<void> => {
    const artifact = new Artifact(name, 'dataset')
    await artifact.addBuffer(content, 'data.txt')
    await run.logArtifact(artifact).wait()
  }
  await ours.logRun({ id: 'before' }, async (run) => {
    await log(run, 'shared', 'of before')
    await log(run, 'input', 'used by all')
  })
  await ours.logRun({ id: 'doomed' }, async (run) => {
    await run.useArtifact('input:v0')
    await log(run, 'shared', 'of doomed')
    await log(run, 'alone', 'of doomed')
    // The same content again: a version that another run made.
    await log(run, 'input', 'used by all')
  })
  await ours.logRun({ id: 'after' }, (run) => log(run, 'shared', 'of after'))

  await (await api.run('doomed')).delete({ deleteArtifacts: true })
  const exists = async (...names: string[]) => Promise.all(names.map((name) => api.artifactExists(name)))
  expect(await exists('shared:v1', 'alone:v0')).toEqual([false, false])
  expect(await exists('shared:v0', 'shared:v2', 'input:v0')).toEqual([true, true, true])
  await expect(api.run('doomed')).rejects.toMatchObject({ code: 'not-found' })
  const left = await api.artifactVersions('dataset', 'shared').toArray()
  expect(left.map(({ version }) => version).sort()).toEqual(['v0', 'v2'])
  const root = ours.directory.join('downloads')
  expect(await readFile(await (await api.artifact('shared:latest')).file('data.txt', { root }), 'utf8')).toBe(
    'of after',
  )

  // Without the option versions outlive their run.
  await (await api.run('after')).delete()
  expect(await exists('shared:v2', 'input:v0')).toEqual([true, true])
  expect((await api.runs('demo').toArray()).map(({ id }) => id)).toEqual(['before'])
})
