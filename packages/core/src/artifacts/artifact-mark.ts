const mark: unique symbol = Symbol.for('lossline.artifact') as never

/** Lets {@link isArtifact} know a draft or a version. */
export function markAsArtifact(artifact: object): void {
  Object.defineProperty(artifact, mark, { value: true })
}

/** Whether a value is a draft or a version; also true for those of another copy of this package. */
export function isArtifact(value: unknown): boolean {
  return typeof value === 'object' && value !== null && mark in value
}
