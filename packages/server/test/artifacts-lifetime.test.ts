import { expect, test } from 'vitest'
import { findVersion, logArtifact } from './artifact-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const minuteMs = 60_000

async function openWithRun(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('r1')
  return test
}

async function lifetimeOf(test: TestServer, name: string): Promise<unknown> {
  const { project } = await test.graphql<{ project: { artifact: unknown } }>(
    'query ($name: String!) { project(name: "demo") { artifact(name: $name) { ttlDurationSeconds ttlIsInherited } } }',
    { name },
  )
  return project.artifact
}

// Within the hour, before the server does it by itself.
const collect = (test: TestServer, apply = true) =>
  test.server.collectGarbage({ apply, graceMs: Number.NEGATIVE_INFINITY })

test('a lifetime is told as it was given', async () => {
  await using test = await openWithRun()
  for (const [name, ttlDurationSeconds] of [
    ['none', null],
    ['inherited', -1],
    ['never', -2],
    ['short', 60],
  ] as const) {
    await logArtifact(test, { name, input: { ttlDurationSeconds } })
  }
  // There is nothing to inherit: this server has no lifetimes of projects and collections.
  expect(await lifetimeOf(test, 'none')).toEqual({ ttlDurationSeconds: -2, ttlIsInherited: true })
  expect(await lifetimeOf(test, 'inherited')).toEqual({ ttlDurationSeconds: -2, ttlIsInherited: true })
  expect(await lifetimeOf(test, 'never')).toEqual({ ttlDurationSeconds: -2, ttlIsInherited: false })
  expect(await lifetimeOf(test, 'short')).toEqual({ ttlDurationSeconds: 60, ttlIsInherited: false })
  await expect(logArtifact(test, { name: 'x', input: { ttlDurationSeconds: 0 } })).rejects.toThrow('lifetime')
})

test('a version goes when its lifetime is over, aliases or not, and its bytes with it', async () => {
  await using test = await openWithRun()
  await logArtifact(test, { files: { f: 'one' }, aliases: ['old'], input: { ttlDurationSeconds: 600 } })
  await logArtifact(test, { files: { f: 'two' }, aliases: ['best'], input: { ttlDurationSeconds: 1200 } })
  await logArtifact(test, { name: 'kept', files: { f: 'three' } })
  await collect(test)
  await test.clock.advance(10 * minuteMs - 1)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 0, contents: [] })
  await test.clock.advance(1)
  expect(await collect(test, false)).toMatchObject({ expiredVersionCount: 1 })
  expect((await findVersion(test, 'mnist:old'))?.versionIndex).toBe(0)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 1, contents: [{ sizeBytes: 3 }] })
  expect(await findVersion(test, 'mnist:old')).toBeNull()
  expect((await findVersion(test, 'mnist:best'))?.versionIndex).toBe(1)
  await test.clock.advance(30 * minuteMs)
  await collect(test)
  expect(await findVersion(test, 'mnist')).toBeNull()
  expect(await findVersion(test, 'kept')).not.toBeNull()
})

test('a lifetime that is changed counts from when the version was made', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { input: { ttlDurationSeconds: 600 } })
  await test.clock.advance(20 * minuteMs - 1)
  const change = (ttlDurationSeconds: number) =>
    test.graphql('mutation ($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }', {
      input: { artifactID: id, ttlDurationSeconds },
    })
  await change(1200)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 0 })
  await change(-1)
  await test.clock.advance(20 * minuteMs)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 0 })
  await change(600)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 1 })
})

test('a version that somebody relies on stays: one that is linked, and one that another version refers to', async () => {
  await using test = await openWithRun()
  const input = { ttlDurationSeconds: 60 }
  const linked = await logArtifact(test, { name: 'linked', files: { f: '1' }, input })
  const target = await logArtifact(test, { name: 'target', files: { f: '2' }, input })
  await logArtifact(test, { name: 'alone', files: { f: '3' }, input })
  const link = { artifactID: linked.id, artifactPortfolioName: 'models', entityName: 'local', projectName: 'registry' }
  const { linkArtifact } = await test.graphql<{
    linkArtifact: { artifactMembership: { artifactCollection: { id: string } } }
  }>(
    'mutation ($input: LinkArtifactInput!) { linkArtifact(input: $input) { artifactMembership { artifactCollection { id } } } }',
    { input: link },
  )
  const hex = Buffer.from(target.id, 'base64').toString('hex')
  const pointer = await logArtifact(test, {
    name: 'pointer',
    files: { 'via.txt': { ref: `wandb-artifact://${hex}/f`, digest: 'x' } },
  })
  await test.clock.advance(20 * minuteMs)
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 1 })
  expect(await findVersion(test, 'alone')).toBeNull()
  for (const name of ['linked', 'target']) expect(await findVersion(test, name)).not.toBeNull()
  await test.graphql('mutation ($input: UnlinkArtifactInput!) { unlinkArtifact(input: $input) { success } }', {
    input: { artifactID: linked.id, artifactPortfolioID: linkArtifact.artifactMembership.artifactCollection.id },
  })
  await test.graphql(
    'mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }',
    { id: pointer.id },
  )
  expect(await collect(test)).toMatchObject({ expiredVersionCount: 2 })
})

test('a running server deletes what has expired by itself, within an hour', async () => {
  await using test = await openWithRun()
  await logArtifact(test, { input: { ttlDurationSeconds: 60 } })
  await test.clock.advance(59 * 60_000)
  expect(await findVersion(test, 'mnist')).not.toBeNull()
  await test.clock.advance(60_000)
  await expect.poll(() => findVersion(test, 'mnist'), { timeout: 30_000 }).toBeNull()
})
