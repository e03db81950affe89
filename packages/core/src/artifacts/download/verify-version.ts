import type { DownloadPlace } from '@lossline/journal'
import type { Manifest } from '@lossline/protocol'
import { ArtifactError } from '../artifact-error.ts'

const namedMax = 5

/**
 * Checks that a folder holds all files of a version with the right contents, and no others.
 *
 * @throws {@link ArtifactError} `artifact-verification`, naming up to five files.
 */
export async function verifyVersion({ contents }: Manifest, place: DownloadPlace): Promise<void> {
  const files = [...contents].flatMap(([name, { ref, digest, size }]) =>
    ref === undefined ? [{ path: place.pathOf(name), name, md5Base64: digest, sizeBytes: size }] : [],
  )
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
