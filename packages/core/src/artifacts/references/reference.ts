import type { JsonObject } from '@lossline/protocol'
import type { OptionNames } from '../../options/check-options.ts'
import { ArtifactError } from '../artifact-error.ts'
import type { ArtifactFiles } from '../artifact-files.ts'

/** How a reference is added. */
export interface AddReferenceOptions {
  /** Path in the artifact; of a folder or prefix, the folder. Default: the last part of the address. */
  readonly name?: string | undefined
  /**
   * Whether the content, or what its store says of it, is part of the artifact, so that a change makes a new version and a
   * download is checked. Default true. False: only the address counts, and nobody is asked.
   */
  readonly checksum?: boolean | undefined
  /** Most files that a folder or prefix may have. Default 10,000,000. */
  readonly maxObjects?: number | undefined
  /** Whether entries of the same paths with other content are replaced. Default false: that is an error. */
  readonly overwrite?: boolean | undefined
}

/** @internal */
export const addReferenceOptionNames: OptionNames<AddReferenceOptions> = {
  name: true,
  checksum: true,
  maxObjects: true,
  overwrite: true,
}

/** What an address refers to. */
export interface Reference {
  readonly path: string
  readonly ref: string
  readonly digest: string
  readonly sizeBytes: number | undefined
  readonly extra: JsonObject
}

/** What looking up an address takes. */
export interface ReferenceRequest {
  readonly uri: string
  readonly name: string | undefined
  readonly isChecked: boolean
  readonly maxObjects: number
  readonly files: ArtifactFiles
}

/** Joins a folder, which may be missing, and a path in it. */
export function joinPath(folder: string | undefined, path: string): string {
  return folder === undefined || folder === '' ? path : `${folder.replace(/\/+$/, '')}/${path}`
}

/** Last part of a path with `/`. */
export function lastPart(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? ''
}

export function referenceError(uri: string, reason: string, cause?: unknown): ArtifactError {
  return new ArtifactError({
    code: 'artifact-reference',
    message: `The reference ${uri} cannot be looked up: ${reason}.`,
    hint: 'Pass checksum: false to keep the address alone, or give a public or presigned https address.',
    ...(cause === undefined ? {} : { cause }),
  })
}

export function tooManyObjects(uri: string, maxObjects: number): ArtifactError {
  return new ArtifactError({
    code: 'artifact-reference',
    message: `${uri} has more than ${maxObjects} files.`,
    hint: 'Allow more with maxObjects, or refer to a part of it.',
  })
}
