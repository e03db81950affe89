import type { ArtifactFileInfo, StrictJson, StrictJsonObject } from '@lossline/protocol'
import { toTreeRows } from '../run/json-tree.ts'

/** How one thing differs between two versions. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'same'

/** A file in one or both of two versions. */
export interface ComparedFile {
  readonly path: string
  readonly kind: ChangeKind
  readonly before: ArtifactFileInfo | undefined
  readonly after: ArtifactFileInfo | undefined
}

/** Files by path; the digest says whether a file has changed. */
export function compareFiles(
  before: readonly ArtifactFileInfo[],
  after: readonly ArtifactFileInfo[],
): readonly ComparedFile[] {
  return compare(
    new Map(before.map((file) => [file.path, file])),
    new Map(after.map((file) => [file.path, file])),
    (a, b) => a.digest === b.digest && a.reference === b.reference,
  ).map(({ key, ...rest }) => ({ path: key, ...rest }))
}

/** A value of the metadata in one or both of two versions. */
export interface ComparedValue {
  readonly name: string
  readonly kind: ChangeKind
  readonly before: StrictJson | undefined
  readonly after: StrictJson | undefined
}

/** Values of metadata by their path. */
export function compareMetadata(before: StrictJsonObject, after: StrictJsonObject): readonly ComparedValue[] {
  return compare(leaves(before), leaves(after), (a, b) => JSON.stringify(a) === JSON.stringify(b)).map(
    ({ key, ...rest }) => ({ name: key, ...rest }),
  )
}

/** How many there are of each kind. */
export function countKinds(rows: readonly { readonly kind: ChangeKind }[]): Readonly<Record<ChangeKind, number>> {
  const counts = { added: 0, removed: 0, changed: 0, same: 0 }
  for (const { kind } of rows) counts[kind] += 1
  return counts
}

function leaves(metadata: StrictJsonObject): ReadonlyMap<string, StrictJson> {
  return new Map(
    toTreeRows(metadata).flatMap(({ path, value }) => (value === undefined ? [] : [[path.join('.'), value] as const])),
  )
}

function compare<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): readonly { key: string; kind: ChangeKind; before: T | undefined; after: T | undefined }[] {
  const kindOf = (a: T | undefined, b: T | undefined): ChangeKind => {
    if (a === undefined) return 'added'
    if (b === undefined) return 'removed'
    return isSame(a, b) ? 'same' : 'changed'
  }
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((key) => {
    const [a, b] = [before.get(key), after.get(key)]
    return { key, kind: kindOf(a, b), before: a, after: b }
  })
}
