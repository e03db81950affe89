import { joinPath, lastPart, type Reference, type ReferenceRequest, tooManyObjects } from './reference.ts'

const hashOnly = { dataDirectory: undefined, runDirectory: undefined }

/** A file of this machine or of a mounted disk, or all files of a folder. */
export async function lookUpFile(request: ReferenceRequest): Promise<Reference[]> {
  const { uri, name, isChecked, maxObjects, files } = request
  const path = files.pathOfFileUri(uri)
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
    ref: `${uri.replace(/\/+$/, '')}/${file.name}`,
    digest: isChecked ? file.content.digest : digestOfPath(files.join(path, file.name)),
    sizeBytes: file.content.sizeBytes,
    extra: {},
  }))
}
