import { expect, test } from 'vitest'
import { findVersion, logArtifact, refusalOf } from './artifact-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

async function openWithRun(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('r1')
  return test
}

const aliasNames = async (test: TestServer, name: string, project?: string): Promise<string[] | undefined> =>
  (await findVersion(test, name, project))?.aliases.map(({ alias }) => alias)

const updateDocument = `mutation UpdateArtifact($input: UpdateArtifactInput!) {
  result: updateArtifact(input: $input) { artifact { id description } }
}`
const addAliasesDocument = 'mutation ($input: AddAliasesInput!) { result: addAliases(input: $input) { success } }'
const deleteAliasesDocument =
  'mutation ($input: DeleteAliasesInput!) { result: deleteAliases(input: $input) { success } }'
const deleteDocument =
  'mutation ($input: DeleteArtifactInput!) { result: deleteArtifact(input: $input) { artifact { id } } }'
const linkDocument = `mutation LinkArtifact($input: LinkArtifactInput!, $includeAliases: Boolean = true) {
  result: linkArtifact(input: $input) {
    versionIndex
    artifactMembership {
      versionIndex aliases { alias } artifactCollection { __typename id name project { name } }
      artifact { id artifactSequence { name } aliases @include(if: $includeAliases) { alias artifactCollection { name } } }
    }
  }
}`
const unlinkDocument = 'mutation ($input: UnlinkArtifactInput!) { result: unlinkArtifact(input: $input) { success } }'

test('description, metadata, lifetime and tags change; what is absent stays', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { input: { description: 'old', metadata: '{"a":1}' } })
  const update = (fields: object) => test.graphql(updateDocument, { input: { artifactID: id, ...fields } })
  const tags = (...names: string[]) => names.map((tagName) => ({ tagName, tagCategoryName: null, attributes: null }))
  await update({ metadata: '{"a":2}', ttlDurationSeconds: 60, tagsToAdd: tags('x', 'two words'), tagsToDelete: [] })
  expect((await findVersion(test, 'mnist'))?.artifact).toMatchObject({
    description: 'old',
    metadata: '{"a":2}',
    ttlDurationSeconds: 60,
    ttlIsInherited: false,
    tags: [{ __typename: 'Tag', name: 'two words' }, { name: 'x' }],
  })
  await update({ description: '', ttlDurationSeconds: -1, tagsToDelete: tags('x') })
  expect((await findVersion(test, 'mnist'))?.artifact).toMatchObject({
    description: '',
    metadata: '{"a":2}',
    ttlDurationSeconds: -2,
    ttlIsInherited: true,
    tags: [{ name: 'two words' }],
  })
  const refused = (fields: object) => refusalOf(test, updateDocument, { input: { artifactID: id, ...fields } })
  expect(await refused({ metadata: '[]' })).toContain('not an object')
  expect(await refused({ ttlDurationSeconds: -3 })).toContain('-3')
  expect(await refused({ tagsToAdd: tags('a/b') })).toContain('a/b')
})

test('aliases move, go, and are refused where they make no sense', async () => {
  await using test = await openWithRun()
  const first = await logArtifact(test, { files: { f: '1' }, aliases: ['best'] })
  const second = await logArtifact(test, { files: { f: '2' } })
  const input = (artifactID: string, alias: string, artifactCollectionName = 'mnist') => ({
    input: { artifactID, aliases: [{ alias, artifactCollectionName, entityName: 'local', projectName: 'demo' }] },
  })
  await test.graphql(addAliasesDocument, input(second.id, 'best'))
  expect(await aliasNames(test, 'mnist:v1')).toEqual(['best', 'latest'])
  await test.graphql(deleteAliasesDocument, input(first.id, 'best'))
  expect(await aliasNames(test, 'mnist:v1')).toEqual(['best', 'latest'])
  await test.graphql(deleteAliasesDocument, input(second.id, 'best'))
  expect(await aliasNames(test, 'mnist:v1')).toEqual(['latest'])
  expect(await refusalOf(test, addAliasesDocument, input(second.id, 'v7'))).toContain('v7')
  expect(await refusalOf(test, addAliasesDocument, input(second.id, 'a:b'))).toContain('a:b')
  expect(await refusalOf(test, addAliasesDocument, input(second.id, 'x', 'nothing'))).toContain('nothing')
  await logArtifact(test, { name: 'other' })
  expect(await refusalOf(test, addAliasesDocument, input(second.id, 'x', 'other'))).toContain('not in the collection')
})

test('a version with a name is deleted only with its names', async () => {
  await using test = await openWithRun()
  const first = await logArtifact(test, { files: { f: '1' } })
  const second = await logArtifact(test, { files: { f: '2' } })
  const url = (await findVersion(test, 'mnist'))!.files.edges[0]!.node.directUrl
  const input = { artifactID: second.id, deleteAliases: false }
  expect(await refusalOf(test, deleteDocument, { input })).toContain('"latest"')
  expect(await test.graphql(deleteDocument, { input: { ...input, deleteAliases: true } })).toEqual({
    result: { artifact: { id: second.id } },
  })
  expect((await findVersion(test, 'mnist'))?.artifact.id).toBe(first.id)
  expect(await findVersion(test, 'mnist:v1')).toBeNull()
  expect(await test.graphql('query ($id: ID!) { artifact(id: $id) { id } }', { id: second.id })).toEqual({
    artifact: null,
  })
  expect((await test.request(url)).status).toBe(404)
  expect(await refusalOf(test, deleteDocument, { input })).toContain('no such artifact')
  // Indexes are not given again.
  await logArtifact(test, { files: { f: '2' } })
  expect((await findVersion(test, 'mnist'))?.versionIndex).toBe(2)
})

test('a version is linked into a project that is not there yet, and taken out again', async () => {
  await using test = await openWithRun()
  await logArtifact(test, { files: { f: '1' } })
  const { id } = await logArtifact(test, { files: { f: '2' } })
  const input = {
    artifactID: id,
    artifactPortfolioName: 'models',
    entityName: 'local',
    projectName: 'elsewhere',
    aliases: [{ artifactCollectionName: 'models', alias: 'prod' }],
  }
  const { result } = await test.graphql<{ result: { artifactMembership: { artifactCollection: { id: string } } } }>(
    linkDocument,
    { input },
  )
  expect(result).toMatchObject({
    versionIndex: 0,
    artifactMembership: {
      aliases: [{ alias: 'latest' }, { alias: 'prod' }],
      artifactCollection: { __typename: 'ArtifactPortfolio', name: 'models', project: { name: 'elsewhere' } },
      // The source: the client tells links apart by it.
      artifact: { id, artifactSequence: { name: 'mnist' } },
    },
  })
  expect((await test.graphql<{ result: object }>(linkDocument, { input })).result).toMatchObject({ versionIndex: 0 })
  const links = `query FetchLinkedArtifacts($id: ID!) {
    artifact(id: $id) { artifactMemberships { edges { node {
      versionIndex createdAt aliases { alias } artifactCollection { __typename name }
    } } } }
  }`
  expect(await test.graphql(links, { id })).toMatchObject({
    artifact: {
      artifactMemberships: {
        edges: [
          { node: { versionIndex: 1, artifactCollection: { __typename: 'ArtifactSequence', name: 'mnist' } } },
          { node: { versionIndex: 0, artifactCollection: { __typename: 'ArtifactPortfolio', name: 'models' } } },
        ],
      },
    },
  })
  const listed = await test.graphql(
    `{ project(name: "elsewhere") { artifactCollection(name: "models") { artifacts {
      totalCount edges { version node { aliases { alias artifactCollection { name } } } }
    } } } }`,
  )
  // Without these the client would show the number that the version has in its own collection.
  expect(listed).toMatchObject({
    project: {
      artifactCollection: {
        artifacts: {
          totalCount: 1,
          edges: [
            {
              version: 'v0',
              node: { aliases: expect.arrayContaining([{ alias: 'v0', artifactCollection: { name: 'models' } }]) },
            },
          ],
        },
      },
    },
  })
  const artifactPortfolioID = result.artifactMembership.artifactCollection.id
  await test.graphql(unlinkDocument, { input: { artifactID: id, artifactPortfolioID } })
  expect(await findVersion(test, 'models', 'elsewhere')).toBeNull()
  expect((await findVersion(test, 'mnist'))?.artifact.id).toBe(id)
  expect(await refusalOf(test, unlinkDocument, { input: { artifactID: id, artifactPortfolioID } })).toContain('not in')
})

test.each([
  [
    'a draft',
    async (test: TestServer) => (await logArtifact(test, { name: 'draft', isFinal: false })).id,
    'models',
    'committed',
  ],
  [
    'another type',
    async (test: TestServer) => (await logArtifact(test, { name: 'b', type: 'model' })).id,
    'models',
    'type',
  ],
  ['a sequence', async (test: TestServer) => (await logArtifact(test, { name: 'b' })).id, 'mnist', 'versions are made'],
])('%s is not linked', async (_, make, artifactPortfolioName, message) => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, {})
  const target = { entityName: 'local', projectName: 'demo' }
  await test.graphql(linkDocument, { input: { ...target, artifactID: id, artifactPortfolioName: 'models' } })
  const input = { ...target, artifactID: await make(test), artifactPortfolioName }
  expect(await refusalOf(test, linkDocument, { input })).toContain(message)
})

test('collections are listed by page, filtered and sorted', async () => {
  await using test = await openWithRun()
  for (const name of ['b', 'a', 'c']) {
    await logArtifact(test, { name, type: name === 'c' ? 'model' : 'dataset' })
    await test.clock.advance(1000)
  }
  const document = `query ($type: String!, $cursor: String, $perPage: Int, $filters: JSONString, $order: String) {
    project(name: "demo") {
      artifactType(name: $type) { artifactCollections(after: $cursor, first: $perPage, filters: $filters, order: $order) {
        totalCount pageInfo { __typename endCursor hasNextPage } edges { node { __typename name type: defaultArtifactType { name } } }
      } }
      artifactCollections(filters: $filters, order: $order) { totalCount edges { node { name } } }
      artifactTypes { edges { node { __typename name createdAt } } pageInfo { hasNextPage } }
    }
  }`
  interface Page {
    readonly totalCount: number
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
    readonly edges: readonly { readonly node: { readonly name: string } }[]
  }
  const ask = async (variables: object) =>
    (
      await test.graphql<{ project: { artifactType: { artifactCollections: Page }; artifactCollections: Page } }>(
        document,
        {
          type: 'dataset',
          ...variables,
        },
      )
    ).project
  const names = (page: Page) => page.edges.map(({ node }) => node.name)
  const first = (await ask({ perPage: 1 })).artifactType.artifactCollections
  expect([names(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([['a'], 2, true])
  const second = (await ask({ perPage: 1, cursor: first.pageInfo.endCursor })).artifactType.artifactCollections
  expect([names(second), second.pageInfo.hasNextPage]).toEqual([['b'], false])
  expect(names((await ask({ order: '-created_at' })).artifactCollections)).toEqual(['c', 'a', 'b'])
  expect(names((await ask({ filters: '{"name":{"$in":["c","a"]}}', order: '-name' })).artifactCollections)).toEqual([
    'c',
    'a',
  ])
  expect(await refusalOf(test, document, { type: 'dataset', filters: '{"colour":1}' })).toContain('colour')
  expect(await test.graphql(document, { type: 'dataset' })).toMatchObject({
    project: { artifactTypes: { edges: [{ node: { name: 'dataset' } }, { node: { name: 'model' } }] } },
  })
})

test('versions are listed newest first, or as asked for', async () => {
  await using test = await openWithRun()
  for (const index of [0, 1, 2]) {
    await logArtifact(test, {
      files: { f: `${index}` },
      aliases: [`a${index}`],
      input: { metadata: JSON.stringify({ index }), tags: index === 1 ? [{ tagName: 'middle' }] : [] },
    })
  }
  const list = async (variables: object): Promise<string> => {
    const { project } = await test.graphql<{
      project: {
        artifactType: { artifactCollection: { artifacts: { totalCount: number; edges: { version: string }[] } } }
      }
    }>(
      `query ($order: String, $filters: JSONString, $first: Int, $after: String) { project(name: "demo") {
        artifactType(name: "dataset") { artifactCollection(name: "mnist") {
          artifacts(order: $order, filters: $filters, first: $first, after: $after) { totalCount edges { version } }
        } }
      } }`,
      variables,
    )
    const { edges, totalCount } = project.artifactType.artifactCollection.artifacts
    return `${edges.map(({ version }) => version)} of ${totalCount}`
  }
  expect(await list({})).toBe('v2,v1,v0 of 3')
  expect(await list({ filters: '{"state":"COMMITTED"}', order: '+version_index' })).toBe('v0,v1,v2 of 3')
  expect(await list({ first: 1, after: '1' })).toBe('v1 of 3')
  expect(await list({ filters: '{"metadata.index":{"$gte":1}}', order: '+created_at' })).toMatch(/ of 2$/)
  expect(await list({ filters: '{"tag":"middle"}' })).toBe('v1 of 1')
  expect(await list({ filters: '{"$or":[{"alias":"a0"},{"alias":"latest"}]}', order: '-version_index' })).toBe(
    'v2,v0 of 2',
  )
  expect(await list({ filters: '{"alias":{"$all":["a2","latest"]}}' })).toBe('v2 of 1')
  expect(await list({ filters: '{"alias":{"$all":[]}}' })).toBe(' of 0')
})

test('a collection is renamed, tagged, retyped and deleted', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { files: { f: '1' }, aliases: ['best'], input: { sequenceClientID: 's1' } })
  await logArtifact(test, { name: 'taken' })
  const input = { artifactSequenceID: (await findVersion(test, 'mnist'))!.artifactCollection.id }
  const update = `mutation ($input: UpdateArtifactSequenceInput!) {
    result: updateArtifactSequence(input: $input) { artifactCollection { __typename name description type: defaultArtifactType { name } } }
  }`
  expect(await test.graphql(update, { input: { ...input, name: 'digits', description: 'd' } })).toMatchObject({
    result: { artifactCollection: { __typename: 'ArtifactSequence', name: 'digits', description: 'd' } },
  })
  expect(await refusalOf(test, update, { input: { ...input, name: 'taken' } })).toContain('taken')
  expect((await findVersion(test, 'digits:best'))?.artifact.id).toBe(id)
  expect(await test.graphql('{ clientIDMapping(clientID: "s1") { serverID } }')).toEqual({
    clientIDMapping: { serverID: id },
  })
  await test.graphql(
    `mutation ($input: MoveArtifactSequenceInput!) { moveArtifactSequence(input: $input) { artifactCollection { name } } }`,
    { input: { ...input, destinationArtifactTypeName: 'pictures' } },
  )
  expect((await findVersion(test, 'digits'))?.artifact).toMatchObject({ artifactType: { name: 'pictures' } })
  const tags = { entityName: 'local', projectName: 'demo', artifactCollectionName: 'digits' }
  expect(
    await test.graphql(
      `mutation ($input: CreateArtifactCollectionTagAssignmentsInput!) {
        result: createArtifactCollectionTagAssignments(input: $input) { tags { __typename id name } } }`,
      { input: { ...tags, tags: [{ tagName: 'a' }, { tagName: 'b' }], clientMutationID: null } },
    ),
  ).toMatchObject({ result: { tags: [{ name: 'a' }, { name: 'b' }] } })
  await test.graphql(
    `mutation ($input: DeleteArtifactCollectionTagAssignmentsInput!) {
      result: deleteArtifactCollectionTagAssignments(input: $input) { success } }`,
    { input: { ...tags, tags: { tagName: 'a' } } },
  )
  const collection =
    '{ project(name: "demo") { artifactCollection(name: "digits") { tags { edges { node { name } } } aliases { edges { node { alias } } } } } }'
  expect(await test.graphql(collection)).toEqual({
    project: {
      artifactCollection: {
        tags: { edges: [{ node: { name: 'b' } }] },
        aliases: { edges: [{ node: { alias: 'best' } }, { node: { alias: 'latest' } }] },
      },
    },
  })
  expect(
    await test.graphql(
      `mutation ($id: ID!) { result: deleteArtifactSequence(input: { artifactSequenceID: $id }) { artifactCollection { __typename state } } }`,
      { id: input.artifactSequenceID },
    ),
  ).toEqual({ result: { artifactCollection: { __typename: 'ArtifactSequence', state: 'DELETED' } } })
  expect(await findVersion(test, 'digits:best')).toBeNull()
  expect(await test.graphql(collection)).toEqual({ project: { artifactCollection: null } })
})

test('runs use versions, once each; deleting a run can take what it made along', async () => {
  await using test = await openWithRun()
  const user = await test.upsert('user')
  const { id } = await logArtifact(test, { files: { f: '1' } })
  await logArtifact(test, { name: 'made', runName: 'user', files: { f: '2' } })
  const use = `mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id digest description state createdAt metadata } } }`
  const input = {
    entityName: 'local',
    projectName: 'demo',
    runName: 'user',
    artifactID: id,
    artifactEntityName: 'local',
    artifactProjectName: 'demo',
  }
  for (const _ of [1, 2])
    expect(await test.graphql(use, { input })).toMatchObject({ useArtifact: { artifact: { id } } })
  const lineage = `query ($id: ID!) { artifact(id: $id) { usedBy { edges { node { __typename name project { name } } } } createdBy { __typename ... on Run { name } } } }`
  expect(await test.graphql(lineage, { id })).toEqual({
    artifact: {
      usedBy: { edges: [{ node: { __typename: 'Run', name: 'user', project: { name: 'demo' } } }] },
      createdBy: { __typename: 'Run', name: 'r1' },
    },
  })
  const used = `{ project(name: "demo") { run(name: "user") { artifacts: inputArtifacts { totalCount edges { node { id } } } } } }`
  expect(await test.graphql(used)).toEqual({
    project: { run: { artifacts: { totalCount: 1, edges: [{ node: { id } }] } } },
  })
  expect(await refusalOf(test, use, { input: { ...input, runName: 'nobody' } })).toContain('nobody')
  await test.graphql('mutation ($id: ID!) { deleteRun(input: { id: $id, deleteArtifacts: true }) { success } }', {
    id: user.id,
  })
  expect(await findVersion(test, 'made')).toBeNull()
  expect(await findVersion(test, 'mnist')).not.toBeNull()
  expect(await test.graphql(lineage, { id })).toMatchObject({ artifact: { usedBy: { edges: [] } } })
})

test('all runs that use a version are listed, and pages of them on request', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { files: { f: '1' } })
  const storageId = Number(Buffer.from(id, 'base64').toString().split(':')[1])
  for (let index = 0; index < 60; index += 1) {
    const at = { entity: 'local', project: 'demo', runId: `user-${index}` }
    const [{ run }] = await test.store.write([{ kind: 'put-run', at, nowMs: 0, change: {} }])
    await test.store.write([{ kind: 'put-artifact-usage', run: run.id, direction: 'input', artifact: storageId }])
  }
  const query = `query ($id: ID!, $first: Int) { artifact(id: $id) {
    usedBy(first: $first) { edges { node { name } } pageInfo { hasNextPage } } } }`
  const countOf = async (first: number | null) => {
    const answer = await test.graphql<{ artifact: { usedBy: { edges: object[] } } }>(query, { id, first })
    return answer.artifact.usedBy.edges.length
  }
  expect([await countOf(null), await countOf(10)]).toEqual([60, 10])
})

test('a version without a run is made by a user', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { runName: null })
  expect(await test.graphql('query ($id: ID!) { artifact(id: $id) { createdBy { __typename } } }', { id })).toEqual({
    artifact: { createdBy: { __typename: 'User' } },
  })
})

test('what is not there is null, never an error', async () => {
  await using test = await openWithRun()
  await logArtifact(test, {})
  const answer = await test.graphql(
    `{
      missing: project(name: "nothing") { artifact(name: "a:latest") { id } }
      project(name: "demo") {
        artifact(name: "a:latest") { id }
        artifactType(name: "t") { id }
        artifactCollection(name: "c") { id }
        artifactCollectionMembership(name: "mnist:v9") { id }
      }
      artifact(id: "bm90aGluZw==") { id }
      artifactCollection(id: "x") { id }
      clientIDMapping(clientID: "x") { serverID }
    }`,
  )
  expect(answer).toEqual({
    missing: null,
    project: { artifact: null, artifactType: null, artifactCollection: null, artifactCollectionMembership: null },
    artifact: null,
    artifactCollection: null,
    clientIDMapping: null,
  })
})
