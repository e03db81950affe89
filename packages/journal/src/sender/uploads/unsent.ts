/** Something of a run that is not sent yet. */
export interface UnsentItem {
  readonly name: string
  /** Bytes that are still to go, as far as is known. */
  readonly bytes: number
}

/** What a server does not have of a run. */
export interface UnsentWork {
  readonly rowCount: number
  readonly fileCount: number
  readonly artifactCount: number
  /** Bytes of the files and artifacts that are still to go, as far as is known. */
  readonly bytes: number
  /** The first of the files, at most 100. */
  readonly files: readonly UnsentItem[]
  /** The first of the artifacts, at most 100. */
  readonly artifacts: readonly UnsentItem[]
  /** Whether there may be more than was counted, because the journal is too long to be read through for it. */
  readonly isAtLeast: boolean
}

const itemsNamedMax = 100

export function toUnsentWork(
  rowCount: number,
  files: readonly UnsentItem[],
  artifacts: readonly UnsentItem[],
  isAtLeast = false,
): UnsentWork {
  let bytes = 0
  for (const item of files) bytes += item.bytes
  for (const item of artifacts) bytes += item.bytes
  return {
    rowCount,
    fileCount: files.length,
    artifactCount: artifacts.length,
    bytes,
    files: files.slice(0, itemsNamedMax),
    artifacts: artifacts.slice(0, itemsNamedMax),
    isAtLeast,
  }
}

/** Both together. */
export function mergeUnsent(a: UnsentWork, b: UnsentWork): UnsentWork {
  return {
    rowCount: a.rowCount + b.rowCount,
    fileCount: a.fileCount + b.fileCount,
    artifactCount: a.artifactCount + b.artifactCount,
    bytes: a.bytes + b.bytes,
    files: [...a.files, ...b.files].slice(0, itemsNamedMax),
    artifacts: [...a.artifacts, ...b.artifacts].slice(0, itemsNamedMax),
    isAtLeast: a.isAtLeast || b.isAtLeast,
  }
}
