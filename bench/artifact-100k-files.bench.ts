// An artifact of 100,000 small files over HTTP, as W&B's client logs, lists and downloads one: announcing files in batches,
// uploading the manifest, committing, listing every file with its link, and getting the manifest back. The bytes are few
// distinct contents, so that the disk's speed with small files is no part of it. Yardstick: `JSON.parse` of the manifest.
import { createHash } from 'node:crypto'
import { openTemporaryDirectory } from '@lossline/testing'
import { interleave } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { createSender } from './lib/sender.ts'
import { readMemory, spawnServer } from './lib/spawned-server.ts'

const fileCount = 100_000
const contentCount = 16
// What W&B's client asks for at once (core/pkg/artifacts/saver.go, wandb/sdk/artifacts/artifact.py).
const announcedAtOnce = 2000
const batchesInFlight = 5
const listedAtOnce = 5000

const contents = Array.from({ length: contentCount }, (_, index) => `content ${index}`)
const md5s = contents.map((content) => md5Of(content))
const paths = Array.from(
  { length: fileCount },
  (_, index) => `folder ${String(index % 100).padStart(2, '0')}/${index}.bin`,
)
const md5At = (index: number): string => md5s[index % contentCount] as string

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await spawnServer(directory.join('data'))
const findings: Finding[] = []
try {
  await createSender(server.url).announce('r1')
  const artifactID = await createArtifact()
  const announceMs = await timed(() => announce(artifactID))
  const manifest = JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    storagePolicyConfig: { storageLayout: 'V2' },
    contents: Object.fromEntries(
      paths.map((path, index) => [path, { digest: md5At(index), size: 9, birthArtifactID: artifactID }]),
    ),
  })
  const parseMs = interleave({ parse: () => JSON.parse(manifest) }, { rounds: 5, warmUpRounds: 1 }).parse
  const uploadMs = await timed(() => uploadManifest(artifactID, manifest))
  const commitMs = await timed(() =>
    graphql('mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }', {
      id: artifactID,
    }),
  )
  const listMs = await timed(listAll)
  const downloadMs = await timed(() => downloadManifest(artifactID))
  const add = (what: string, ms: number): void => {
    const value = ms / parseMs
    findings.push({ what, value, text: `${ms.toFixed(0)} ms, ratio ${value.toFixed(1)}` })
  }
  findings.push({
    what: 'JSON.parse of the manifest',
    value: parseMs,
    text: `${parseMs.toFixed(0)} ms, ${(manifest.length / 2 ** 20).toFixed(1)} MiB`,
  })
  add('announcing all files', announceMs)
  add('uploading the manifest', uploadMs)
  add('committing', commitMs)
  add('listing all files with links', listMs)
  add('getting the manifest', downloadMs)
  const { highestMiB } = readMemory(server.pid)
  findings.push({
    what: 'memory of the server at its highest',
    value: highestMiB,
    text: `${highestMiB.toFixed(0)} MiB`,
  })
} finally {
  await server[Symbol.asyncDispose]()
  report('artifact-100k-files', findings)
  await directory[Symbol.asyncDispose]()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

async function createArtifact(): Promise<string> {
  const hash = createHash('md5').update('wandb-artifact-manifest-v1\n')
  const sorted = [...paths.keys()].sort((a, b) => ((paths[a] as string) < (paths[b] as string) ? -1 : 1))
  for (const index of sorted) hash.update(`${paths[index]}:${md5At(index)}\n`)
  const input = {
    entityName: 'local',
    projectName: 'bench',
    runName: 'r1',
    artifactTypeName: 'dataset',
    artifactCollectionName: 'many',
    digest: hash.digest('hex'),
    aliases: [{ alias: 'latest', artifactCollectionName: 'many' }],
  }
  const { createArtifact } = await graphql<{ createArtifact: { artifact: { id: string } } }>(
    'mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }',
    { input },
  )
  return createArtifact.artifact.id
}

interface FilePlace {
  readonly node: { readonly uploadUrl: string | null; readonly artifact: { readonly id: string } }
}

/** Announces all files, and uploads the first of each content. */
async function announce(artifactID: string): Promise<void> {
  const specs = paths.map((name, index) => ({
    artifactID,
    name,
    md5: md5At(index),
    mimetype: null,
    uploadPartsInput: null,
  }))
  const sent = new Set<string>()
  const ask = async (start: number): Promise<void> => {
    const artifactFiles = specs.slice(start, start + announcedAtOnce)
    const { createArtifactFiles } = await graphql<{ createArtifactFiles: { files: { edges: FilePlace[] } } }>(
      `mutation ($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files { edges { node {
        storagePath uploadUrl uploadHeaders uploadMultipartUrls { uploadID } artifact { id } } } } } }`,
      { input: { artifactFiles, storageLayout: 'V2' } },
    )
    for (const [index, { node }] of createArtifactFiles.files.edges.entries()) {
      const content = contents[(start + index) % contentCount] as string
      if (node.uploadUrl === null || sent.has(content)) continue
      sent.add(content)
      await put(node.uploadUrl, content)
    }
  }
  // The first brings the contents, which the others then find there.
  await ask(0)
  let next = announcedAtOnce
  const askOn = async (): Promise<void> => {
    while (next < fileCount) {
      const start = next
      next += announcedAtOnce
      await ask(start)
    }
  }
  await Promise.all(Array.from({ length: batchesInFlight }, askOn))
}

async function uploadManifest(artifactID: string, text: string): Promise<void> {
  const input = {
    artifactID,
    name: 'wandb_manifest.json',
    digest: md5Of(text),
    entityName: 'local',
    projectName: 'bench',
    runName: 'r1',
    type: 'FULL',
  }
  const { createArtifactManifest } = await graphql<{
    createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } }
  }>(
    'mutation ($input: CreateArtifactManifestInput!) { createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }',
    { input },
  )
  await put(createArtifactManifest.artifactManifest.file.uploadUrl, text)
}

interface FilePage {
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
  readonly edges: readonly { readonly node: { readonly name: string; readonly directUrl: string } }[]
}

async function listAll(): Promise<void> {
  const names = new Set<string>()
  for (let cursor: string | null = null; ; ) {
    const answer: { project: { artifactCollection: { artifactMembership: { files: FilePage } } } } = await graphql(
      `query ($cursor: String, $first: Int) { project(name: "bench", entityName: "local") { artifactCollection(name: "many") {
        artifactMembership(aliasName: "v0") { files(after: $cursor, first: $first) {
          pageInfo { endCursor hasNextPage } edges { node { name directUrl } } } } } } }`,
      { cursor, first: listedAtOnce },
    )
    const { pageInfo, edges } = answer.project.artifactCollection.artifactMembership.files
    for (const { node } of edges) names.add(node.name)
    if (!pageInfo.hasNextPage) break
    cursor = pageInfo.endCursor
  }
  if (names.size !== fileCount) throw new Error(`${names.size} files were listed`)
}

async function downloadManifest(id: string): Promise<void> {
  const { artifact } = await graphql<{ artifact: { currentManifest: { file: { directUrl: string } } } }>(
    'query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } } }',
    { id },
  )
  const text = await (await fetch(artifact.currentManifest.file.directUrl)).text()
  const count = Object.keys((JSON.parse(text) as { contents: object }).contents).length
  if (count !== fileCount) throw new Error(`${count} files are in the manifest`)
}

async function graphql<T>(query: string, variables: object): Promise<T> {
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query, variables }) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return (JSON.parse(text) as { data: T }).data
}

async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}

function md5Of(text: string): string {
  return createHash('md5').update(text).digest('base64')
}
