import {
  joinPath,
  lastPart,
  type Reference,
  type ReferenceRequest,
  referenceError,
  tooManyObjects,
} from './reference.ts'

const hashOnly = { dataDirectory: undefined, runDirectory: undefined }

/** A file of this machine or of a mounted disk, or all files of a folder. */
export async function lookUpFile(request: ReferenceRequest): Promise<Reference[]> {
  const { uri, name, isChecked, maxObjects, files } = request
  const path = pathOf(request)
  // Without a checksum the address is the content.
  const digestOfPath = (file: string): string => files.digestOfText(files.fileUriOf(file))
  if (!files.isDirectory(path)) {
    const { digest, sizeBytes } = await files.keepFile({ path, policy: 'mutable', target: hashOnly })
    const found = isChecked ? digest : digestOfPath(path)
    return [{ path: name ?? lastPart(path), ref: uri, digest: found, sizeBytes, extra: {} }]
  }
  const kept = await files.keepDirectory({ path, policy: 'mutable', target: hashOnly })
  if (kept.files.length > maxObjects) throw tooManyObjects(uri, maxObjects)
  return kept.files.map((file) => ({
    path: joinPath(name, file.name),
    ref: `${uri.replace(/\/+$/, '')}/${toUriPath(file.name)}`,
    digest: isChecked ? file.content.digest : digestOfPath(files.join(path, file.name)),
    sizeBytes: file.content.sizeBytes,
    extra: {},
  }))
}

function pathOf({ uri, files }: ReferenceRequest): string {
  try {
    return files.pathOfFileUri(uri)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw referenceError(uri, `it is no well-formed address of a file (${reason})`, cause)
  }
}

/**
 * W&B's client writes names as they are, and decodes them when it reads: `a#b`, `%41` and `what?` would be other files. What
 * reads the same either way stays, so that references are those that it writes.
 */
function toUriPath(name: string): string {
  return name.replace(/[%#?\\\p{Cc}]|\s$/gu, encodeURIComponent)
}
