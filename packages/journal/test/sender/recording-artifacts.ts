import { createHash } from 'node:crypto'
import type { RecordingServer } from './recording-server.ts'

/** A version as the recording server keeps it. */
export interface RecordedVersion {
  readonly id: string
  readonly input: Record<string, unknown>
  state: 'PENDING' | 'COMMITTED'
  manifest?: Record<string, unknown>
}

/** What a W&B server that takes every artifact would have. */
export interface RecordedArtifacts {
  /** In the order of their announcements. */
  readonly versions: readonly RecordedVersion[]
  readonly committed: readonly RecordedVersion[]
  /** Operations in the order in which they came. */
  readonly operations: { readonly name: string; readonly variables: Record<string, unknown> }[]
  /** Input fields that the server says it takes; undefined = introspection is refused. */
  inputFields: string[] | undefined
  /** Contents by base64 MD5 that the server has already. */
  readonly known: Set<string>
  multipartUploads: number
}

interface Variables {
  readonly [name: string]: unknown
}

/** Lets a recording server take artifacts too. */
export function recordArtifacts(server: RecordingServer): RecordedArtifacts {
  const versions: RecordedVersion[] = []
  const operations: RecordedArtifacts['operations'] = []
  const clientIds = new Map<string, string>()
  const recorded = {
    versions,
    get committed() {
      return versions.filter(({ state }) => state === 'COMMITTED')
    },
    operations,
    inputFields: ['digestAlgorithm', 'clientID', 'artifactCollectionName', 'digest', 'runName'] as string[] | undefined,
    known: new Set<string>(),
    multipartUploads: 0,
  }
  const urlOf = (name: string): string => `${server.url}/storage?name=${encodeURIComponent(name)}`
  const versionOf = (id: unknown) => versions.find((version) => version.id === id) as RecordedVersion

  const answers: Record<string, (variables: Variables) => object> = {
    ArtifactInputFields: () => ({
      __type:
        recorded.inputFields === undefined ? null : { inputFields: recorded.inputFields.map((name) => ({ name })) },
    }),
    CreateArtifact({ input }) {
      const fields = input as Record<string, unknown>
      const ofName = recorded.committed.filter(
        (version) => version.input.artifactCollectionName === fields.artifactCollectionName,
      )
      let version = ofName.find((other) => other.input.digest === fields.digest)
      if (version === undefined) {
        const id = Buffer.from(`Artifact:${versions.length + 1}`).toString('base64')
        version = { id, input: fields, state: 'PENDING' }
        versions.push(version)
      }
      if (typeof fields.clientID === 'string') clientIds.set(fields.clientID, version.id)
      const latest = ofName.at(-1)
      const artifactSequence = { latestArtifact: latest === undefined ? null : { id: latest.id } }
      return { createArtifact: { artifact: { id: version.id, state: version.state, artifactSequence } } }
    },
    CreateArtifactManifest({ artifactID, includeUpload }) {
      const slot = includeUpload
        ? { uploadUrl: urlOf(`manifest:${artifactID}`), uploadHeaders: ['X-Kind:manifest'] }
        : {}
      return { createArtifactManifest: { artifactManifest: { id: `m:${artifactID}`, file: { id: 'f', ...slot } } } }
    },
    UpdateArtifactManifest({ artifactManifestID }) {
      const id = String(artifactManifestID).slice(2)
      const file = { id: 'f', uploadUrl: urlOf(`manifest:${id}`), uploadHeaders: [] }
      return { updateArtifactManifest: { artifactManifest: { id: artifactManifestID, file } } }
    },
    CreateArtifactFiles({ artifactFiles }) {
      const edges = (artifactFiles as { name: string; md5: string; artifactID: string }[]).map((spec) => ({
        node: {
          storagePath: `wandb_artifacts/${spec.name}`,
          uploadUrl: recorded.known.has(spec.md5) ? null : urlOf(`${spec.artifactID}/${spec.name}`),
          uploadHeaders: ['X-Kind:file'],
          uploadMultipartUrls: null,
          artifact: { id: spec.artifactID },
        },
      }))
      return { createArtifactFiles: { files: { edges } } }
    },
    CommitArtifact({ artifactID }) {
      const version = versionOf(artifactID)
      const text = server.uploads.get(`manifest:${artifactID}`) ?? '{}'
      version.manifest = JSON.parse(text)
      version.state = 'COMMITTED'
      return { commitArtifact: { artifact: { id: artifactID, digest: 'd' } } }
    },
    UseArtifact: ({ input }) => ({ useArtifact: { artifact: { id: (input as Variables).artifactID } } }),
    ClientIDMapping({ clientID }) {
      const serverID = clientIds.get(clientID as string)
      return { clientIDMapping: serverID === undefined ? null : { serverID } }
    },
    ArtifactState: ({ id }) => ({ artifact: { id, state: versionOf(id).state } }),
  }

  server.answerMore = (name, variables) => {
    const answer = answers[name]
    if (answer === undefined) return undefined
    operations.push({ name, variables })
    return { data: answer(variables) }
  }
  return recorded
}

/** Digest of a file in a manifest. */
export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('base64')
}
