import type { GraphqlOptions } from '../graphql.ts'
import { SendError } from '../send-error.ts'
import type { Limiter } from '../uploads/limiter.ts'
import { putContent } from '../uploads/put-content.ts'
import { createArtifactFiles, type FileSlot } from './artifact-api.ts'
import { createBatchSizes } from './batch-sizes.ts'
import type { LocalFile } from './local-files.ts'
import { hashParts, partBytesOf, uploadParts } from './multipart.ts'

/** The files of an artifact, and how to send them. */
export interface UploadArtifactFilesOptions {
  readonly artifactId: string
  readonly manifestId: string
  readonly files: readonly LocalFile[]
  readonly isInProcess: boolean
  /** Bounds the uploads that run at a time, those of other artifacts and of run files included. */
  readonly limit: Limiter
  /** Told of bytes on their way; negative ones go again. */
  onBytes(bytes: number): void
  /** Told of each file that is there. */
  onFile(file: LocalFile): void
}

const batchesInFlightMax = 3
const roundsMax = 8

interface Failure {
  readonly file: LocalFile
  readonly error: SendError
}

/**
 * Uploads files of an artifact. What fails gets a fresh place in another round, since places expire; a round in which
 * nothing gets through ends it, apart from the first.
 *
 * @returns by path the ids of the artifacts in which the server first saw the contents.
 * @throws SendError
 */
export async function uploadArtifactFiles(
  options: UploadArtifactFilesOptions,
  graphql: GraphqlOptions,
): Promise<Map<string, string>> {
  const birthArtifactIds = new Map<string, string>()
  let remaining = options.files
  for (let round = 1; remaining.length > 0; round += 1) {
    const failures = await uploadRound(remaining, birthArtifactIds, options, graphql)
    const [first] = failures
    const isStuck = failures.length === remaining.length && round > 1
    if (first !== undefined && (isStuck || round === roundsMax || first.error.code === 'file-unreadable')) {
      throw toArtifactError(first, failures.length)
    }
    remaining = failures.map(({ file }) => file)
  }
  return birthArtifactIds
}

/** Announces and uploads each file once. @returns those that did not get through, unreadable ones first. */
async function uploadRound(
  files: readonly LocalFile[],
  birthArtifactIds: Map<string, string>,
  options: UploadArtifactFilesOptions,
  graphql: GraphqlOptions,
): Promise<Failure[]> {
  const sizes = createBatchSizes()
  const failures: Failure[] = []
  let next = 0
  let error: unknown

  async function uploadBatches(): Promise<void> {
    while (next < files.length && error === undefined) {
      const batch = files.slice(next, next + sizes.current)
      next += batch.length
      const startMs = graphql.clock.now()
      failures.push(...(await uploadBatch(batch, birthArtifactIds, options, graphql)))
      sizes.note(batch.length, graphql.clock.now() - startMs)
    }
  }

  const lines = Array.from({ length: batchesInFlightMax }, () =>
    uploadBatches().catch((reason: unknown) => {
      error ??= reason
    }),
  )
  await Promise.all(lines)
  if (error !== undefined) throw error
  return failures.sort(
    (a, b) => Number(b.error.code === 'file-unreadable') - Number(a.error.code === 'file-unreadable'),
  )
}

async function uploadBatch(
  files: readonly LocalFile[],
  birthArtifactIds: Map<string, string>,
  options: UploadArtifactFilesOptions,
  graphql: GraphqlOptions,
): Promise<Failure[]> {
  const parts = await Promise.all(files.map((file) => hashPartsOf(file, options.isInProcess)))
  const specs = files.map(({ path, md5Base64 }, index) => ({ path, md5Base64, partMd5s: parts[index]?.partMd5s }))
  const slots = await createArtifactFiles(options, specs, graphql)
  const failures: Failure[] = []
  await Promise.all(
    files.map(async (file, index) => {
      const slot = slots[index] as FileSlot
      try {
        await uploadFile(file, slot, parts[index], options, graphql)
        birthArtifactIds.set(file.path, slot.birthArtifactId)
        options.onFile(file)
      } catch (error) {
        if (!(error instanceof SendError) || error.code === 'send-aborted') throw error
        failures.push({ file, error })
      }
    }),
  )
  return failures
}

interface FileParts {
  readonly partBytes: number
  readonly partMd5s: readonly string[]
}

async function hashPartsOf(file: LocalFile, isInProcess: boolean): Promise<FileParts | undefined> {
  const partBytes = isInProcess ? undefined : partBytesOf(file.bytes)
  if (partBytes === undefined) return undefined
  return { partBytes, partMd5s: await hashParts(file.localPath, file.bytes, partBytes) }
}

async function uploadFile(
  file: LocalFile,
  slot: FileSlot,
  parts: FileParts | undefined,
  { isInProcess, limit, onBytes }: UploadArtifactFilesOptions,
  graphql: GraphqlOptions,
): Promise<void> {
  const { url, headers, multipart } = slot
  if (url === undefined) return onBytes(file.bytes)
  if (multipart !== undefined && parts !== undefined) {
    return uploadParts({ file, slot, multipart, ...parts, limit, onBytes }, graphql)
  }
  const source = { kind: 'file', path: file.localPath, bytes: file.bytes } as const
  await limit(() => putContent({ url, headers, source, isInProcess, onBytes }, graphql))
  if (isInProcess) onBytes(file.bytes)
}

function toArtifactError({ file, error }: Failure, failureCount: number): SendError {
  const others = failureCount === 1 ? '' : ` (and ${failureCount - 1} more of its files)`
  return new SendError({
    code: error.code,
    message: `its file "${file.path}"${others} was not taken: ${error.message}`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.status === undefined ? {} : { status: error.status }),
    cause: error,
  })
}
