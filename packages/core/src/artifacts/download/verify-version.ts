import type { DownloadPlace, ExpectedContent } from '@lossline/journal'
import { type Manifest, type ManifestEntry, maybeParseArtifactUri } from '@lossline/protocol'
import { ArtifactError } from '../artifact-error.ts'
import type { ArtifactFiles } from '../artifact-files.ts'
import { expectedDigestsOf } from './expected-digests-of.ts'

const namedMax = 5

/**
 * Checks that a folder holds all files of a version with the right contents, and no others. Of references to stores, whose
 * tags are no digests of the content, it checks that they are there with their size.
 *
 * @throws {@link ArtifactError} `artifact-verification`, naming up to five files.
 */
export async function verifyVersion(
  { contents }: Manifest,
  place: DownloadPlace,
  artifactFiles: ArtifactFiles,
): Promise<void> {
  const files = [...contents].map(([name, entry]) => ({
    path: place.pathOf(name),
    name,
    ...toExpected(entry, artifactFiles),
  }))
  // Read for sure: whoever verifies does not trust time stamps.
  const right = await place.findRight(files, undefined)
  const wrong = files.flatMap(({ name }) => (right.has(name) ? [] : [`"${name}" is missing or has other content`]))
  const known = new Set([...contents.keys()].map((name) => place.nameOf(name)))
  const extra = (await place.list()).flatMap((name) => (known.has(name) ? [] : [`"${name}" is not of the artifact`]))
  const problems = [...wrong, ...extra]
  if (problems.length === 0) return
  const more = problems.length > namedMax ? `; and ${problems.length - namedMax} more` : ''
  throw new ArtifactError({
    code: 'artifact-verification',
    message: `${place.root} is not what the artifact is: ${problems.slice(0, namedMax).join('; ')}${more}.`,
    hint: 'Remove what does not belong there, and download again.',
  })
}

function toExpected(entry: ManifestEntry, files: ArtifactFiles): ExpectedContent {
  const { ref, digest, size } = entry
  if (ref === undefined) return { ...expectedDigestsOf(entry), sizeBytes: size }
  const isMd5 = /^[A-Za-z0-9+/]{22}==$/.test(digest)
  // Clients note zero where they know no size.
  const unchecked = { md5Base64: undefined, sizeBytes: size === 0 ? undefined : size }
  const isFile = /^file:/i.test(ref)
  if (!isMd5 || !(isFile || maybeParseArtifactUri(ref) !== undefined)) return unchecked
  if (isFile && isOfAddress(digest, ref, files)) return { md5Base64: undefined, sizeBytes: undefined }
  return { md5Base64: digest, sizeBytes: undefined }
}

/** Whether the digest is that of the address, as without a checksum. */
function isOfAddress(digest: string, ref: string, files: ArtifactFiles): boolean {
  try {
    return digest === files.digestOfText(files.fileUriOf(files.pathOfFileUri(ref)))
  } catch {
    return false
  }
}
