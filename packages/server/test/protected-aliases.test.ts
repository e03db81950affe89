import type { AliasChangesResponse, ProjectResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { type Asker, commitArtifact, logArtifact } from './artifact-client.ts'
import { type Answered, type KeysServer, openKeysServer } from './keys-server.ts'

const at = { entityName: 'lab', projectName: 'p' }
const named = (alias: string) => ({ ...at, artifactCollectionName: 'net', alias })

/** Team `lab` (admin: carol, member: dave) with two versions of `net`; the first one is `prod` and `best`. */
async function openWorld() {
  const keys = await openKeysServer()
  const [carol, dave] = [await keys.addUser('carol'), await keys.addUser('dave')]
  await keys.admin('PUT', '/teams/lab')
  await keys.admin('PUT', '/teams/lab/members/carol', { role: 'admin' })
  await keys.admin('PUT', '/teams/lab/members/dave', { role: 'member' })
  const asCarol = askerOf(keys, carol)
  const run = { entityName: 'lab', modelName: 'p', name: 'r1' }
  await keys.graphql('mutation ($i: UpsertBucketInput!) { upsertBucket(input: $i) { inserted } }', { i: run }, carol)
  const first = await logArtifact(asCarol, { name: 'net', files: { w: '1' }, aliases: ['prod', 'best'], input: at })
  const second = await logArtifact(asCarol, { name: 'net', files: { w: '2' }, input: at })
  const page = async <T>(path: string, apiKey = carol): Promise<T> =>
    (await (await keys.request(path, apiKey)).json()) as T
  const protect = (apiKey: string, ...protectedAliases: string[]): Promise<Response> =>
    keys.request('/api/projects/lab/p', apiKey, { method: 'PATCH', body: JSON.stringify({ protectedAliases }) })
  const aliases = async () => {
    const { versions } = await page<Answered>('/api/projects/lab/p/artifacts/net/versions')
    return versions.map((version: Answered) => [version.version, version.aliases])
  }
  const mutate = (apiKey: string, field: string, type: string, input: object, selection: string) =>
    keys.graphql(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, { input }, apiKey)
  return {
    ...{ keys, carol, dave, first, second, page, protect, aliases, mutate },
    [Symbol.asyncDispose]: () => keys[Symbol.asyncDispose](),
  }
}

/** What the helpers that log artifacts need, as one user. */
function askerOf(keys: KeysServer, apiKey: string): Asker {
  const partial: Pick<Asker, 'graphql' | 'request'> = {
    graphql: async (query, variables = {}) => {
      const { data, errors } = await keys.graphql(query, variables, apiKey)
      if (errors) throw new Error(errors[0].message)
      return data
    },
    request: (path, init) => keys.request(path, undefined, init),
  }
  return partial as Asker
}

const refused = {
  status: 403,
  errors: [
    {
      message: '"prod" is a protected alias of lab/p: only admins of lab may give, move or remove it.',
      extensions: { code: 'forbidden', hint: 'Ask an admin, or leave this alias out.' },
    },
  ],
}

test('admins say which aliases are protected, and everybody is told', async () => {
  await using world = await openWorld()
  const { page, protect, carol, dave } = world
  expect(await page('/api/projects/lab/p')).toMatchObject({ project: { protectedAliases: [], mayAdminister: true } })
  expect((await protect(dave, 'prod')).status).toBe(403)
  for (const odd of ['latest', 'v3', 'a/b', '']) expect((await protect(carol, odd)).status, odd).toBe(400)
  expect((await protect(carol, 'prod', 'prod')).status).toBe(200)
  const { project } = await page<ProjectResponse>('/api/projects/lab/p', dave)
  expect(project).toMatchObject({ protectedAliases: ['prod'], mayAdminister: false, mayWrite: true })
  expect((await protect(dave)).status).toBe(403)
  // Of what a member may set, nothing else has become an admin's.
  const tags = { method: 'PATCH', body: JSON.stringify({ tags: ['vision'] }) }
  expect((await world.keys.request('/api/projects/lab/p', dave, tags)).status).toBe(200)
})

test('members change a protected alias in no way, and others as before', async () => {
  await using world = await openWorld()
  const { first, second, dave, mutate } = world
  const before = await world.aliases()
  await world.protect(world.carol, 'prod')
  const put = (alias: string) =>
    mutate(dave, 'addAliases', 'AddAliasesInput', { artifactID: second.id, aliases: [named(alias)] }, 'success')
  const take = (alias: string) =>
    mutate(dave, 'deleteAliases', 'DeleteAliasesInput', { artifactID: first.id, aliases: [named(alias)] }, 'success')
  const update = (artifactID: string, ...names: string[]) => {
    const aliases = names.map((alias) => ({ alias, artifactCollectionName: 'net' }))
    return mutate(dave, 'updateArtifact', 'UpdateArtifactInput', { artifactID, aliases }, 'artifact { id }')
  }
  const remove = (artifactID: string) =>
    mutate(dave, 'deleteArtifact', 'DeleteArtifactInput', { artifactID, deleteAliases: true }, 'artifact { id }')
  expect(await put('prod')).toMatchObject(refused)
  expect(await take('prod')).toMatchObject(refused)
  expect(await update(second.id, 'latest', 'prod')).toMatchObject(refused)
  expect(await update(first.id, 'best')).toMatchObject(refused)
  expect(await remove(first.id)).toMatchObject(refused)
  const { version } = await world.page<Answered>('/api/projects/lab/p/artifacts/net/versions/v1')
  const patch = { method: 'PATCH', body: JSON.stringify({ addAliases: ['prod'], addTags: ['new'] }) }
  expect((await world.keys.request(`/api/artifacts/${version.id}`, dave, patch)).status).toBe(403)
  const gone = { method: 'DELETE', body: JSON.stringify({ confirm: 'net' }) }
  expect((await world.keys.request('/api/projects/lab/p/artifacts/net', dave, gone)).status).toBe(403)
  expect(await world.aliases()).toEqual(before)

  // A client sends all aliases of a version with each edit: those that stay are no change.
  expect(await update(first.id, 'prod', 'best', 'good')).toMatchObject({ status: 200 })
  expect(await put('best')).toMatchObject({ status: 200 })
  expect(await world.aliases()).toEqual([
    ['v1', ['best', 'latest']],
    ['v0', ['good', 'prod']],
  ])
})

test('members log no version under a protected alias, nor one that was announced before', async () => {
  await using world = await openWorld()
  const { dave, second } = world
  const asDave = askerOf(world.keys, dave)
  const message = refused.errors[0]!.message
  const early = { name: 'net', files: { w: '3' }, aliases: ['prod'], input: at, isFinal: false }
  const pending = await logArtifact(asDave, early)
  await world.protect(world.carol, 'prod')
  await expect(commitArtifact(asDave, pending.id)).rejects.toThrow(message)
  await expect(logArtifact(asDave, { ...early, files: { w: '4' }, isFinal: true })).rejects.toThrow(message)
  // Content that is there already: the version gets the names that are asked for.
  await expect(logArtifact(asDave, { ...early, files: { w: '2' }, isFinal: true })).rejects.toThrow(message)
  const again = await logArtifact(asDave, { name: 'net', files: { w: '1' }, aliases: ['prod'], input: at })
  expect(again.isReused).toBe(true)
  const link = (aliases: readonly object[]) => {
    const input = { artifactID: second.id, ...at, artifactPortfolioName: 'registry', aliases }
    return world.mutate(dave, 'linkArtifact', 'LinkArtifactInput', input, 'versionIndex')
  }
  expect(await link([{ alias: 'prod', artifactCollectionName: 'registry' }])).toMatchObject(refused)
  expect(await link([])).toMatchObject({ status: 200 })
})

test('admins move it as any other, and the history tells', async () => {
  await using world = await openWorld()
  const { carol, second } = world
  await world.protect(carol, 'prod')
  const input = { artifactID: second.id, aliases: [named('prod')] }
  const answer = await world.mutate(carol, 'addAliases', 'AddAliasesInput', input, 'success')
  expect(answer).toMatchObject({ status: 200 })
  const { changes } = await world.page<AliasChangesResponse>('/api/projects/lab/p/artifacts/net/alias-changes')
  expect(changes[0]).toMatchObject({ alias: 'prod', from: 'v0', to: 'v1' })
})
