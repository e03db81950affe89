import { lookUpFile } from './file-reference.ts'
import { lookUpGs } from './gs-reference.ts'
import { lookUpHttp } from './http-reference.ts'
import { type Reference, type ReferenceRequest, referenceError } from './reference.ts'
import { lookUpS3 } from './s3-reference.ts'

/**
 * What an address refers to: one file, or all of a folder or prefix.
 *
 * @throws {@link ArtifactError} `artifact-reference`; {@link ArtifactFileError} for files.
 */
export async function lookUpReference(request: ReferenceRequest): Promise<Reference[]> {
  const { uri, name } = request
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri)?.[1]?.toLowerCase()
  switch (scheme) {
    case undefined:
      throw referenceError(uri, 'it has no scheme, such as https:// or file://')
    case 'http':
    case 'https':
      return lookUpHttp(request)
    case 's3':
      return lookUpS3(request)
    case 'gs':
      return lookUpGs(request)
    case 'file':
      return lookUpFile(request)
    case 'wandb-artifact':
    case 'wandb-client-artifact':
      throw referenceError(uri, 'a file of another artifact is referred to by its entry: addReference(entry)')
    default:
      if (name === undefined) throw referenceError(uri, `its scheme "${scheme}" says no name; pass name`)
      return [{ path: name, ref: uri, digest: uri, sizeBytes: undefined, extra: {} }]
  }
}
