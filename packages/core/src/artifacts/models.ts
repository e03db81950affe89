import type { OptionNames } from '../options/check-options.ts'
import type { ArtifactFiles } from './artifact-files.ts'
import type { ArtifactEntry } from './draft-entries.ts'

/** How a model is logged. */
export interface ModelOptions {
  /** Name of the artifact. Default: `run-<run id>-<file name>`. */
  readonly name?: string | undefined
  /** Names of the version beside `latest`. */
  readonly aliases?: readonly string[] | string | undefined
}

/** @internal */
export const modelOptionNames: OptionNames<ModelOptions> = { name: true, aliases: true }

/** Whether an artifact of a type is a model, by W&B's rule: the type says so. */
export function isModelType(type: string): boolean {
  return type.toLowerCase().includes('model')
}

/** Path of a downloaded artifact's only file, or of its folder when it has several. */
export function onlyFileOf(root: string, entries: readonly ArtifactEntry[], files: ArtifactFiles): string {
  const names = new Set(entries.map(({ path }) => path.split('/')[0] ?? ''))
  const [name] = names
  return names.size === 1 && name !== undefined ? files.join(root, name) : root
}
