import type { ConfigChange, ConfigTree } from '../config/config-tree.ts'
import { isSubtree } from '../run/tree-proxy.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import { isArtifact } from './artifact-mark.ts'
import { invalid } from './artifact-options.ts'
import { ArtifactVersion } from './artifact-version.ts'
import type { RunArtifacts } from './run-artifacts.ts'

/** Artifacts that are values of the config: the run takes them as input, and the config says which ones they are. */
export interface ConfigArtifacts {
  /** Begins to take those among some changes as input. Returns the other changes. Never throws. */
  takeOut(changes: readonly ConfigChange[]): ConfigChange[]
}

/** What it needs of its run. */
export interface CreateConfigArtifactsOptions {
  readonly tree: ConfigTree
  readonly artifacts: Pick<RunArtifacts, 'useForConfig'>
  /** Writes a change of the config. */
  record(changes: readonly ConfigChange[]): void
  warn(line: string): void
}

export function createConfigArtifacts(options: CreateConfigArtifactsOptions): ConfigArtifacts {
  const { tree, artifacts, record, warn } = options

  async function take(path: readonly string[], artifact: ArtifactDraft | ArtifactVersion): Promise<void> {
    try {
      await artifacts.useForConfig(artifact, (version) => {
        // The program may have set something else meanwhile.
        if (tree.read(path) !== artifact) return
        if (version !== artifact) tree.replace(path, version, { allowValChange: true })
        record([{ kind: 'set', path, value: version }])
      })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      // A draft is an input by then, unless it could not be logged, which is said elsewhere.
      const consequence = artifact instanceof ArtifactVersion ? ' and no input of the run' : ''
      warn(`The artifact "${artifact.name}" is not in the config "${path.join('.')}"${consequence}: ${reason}`)
    }
  }

  return {
    takeOut: (changes) =>
      changes.filter((change) => {
        if (change.kind === 'remove') return true
        const { path, value } = change
        if (!(value instanceof ArtifactDraft || value instanceof ArtifactVersion)) return true
        void take(path, value)
        return false
      }),
  }
}

/** Refuses artifacts that are not at the top of the config, as W&B's client does. @throws {@link ArtifactError} `artifact-invalid` */
export function refuseInnerArtifacts(
  value: unknown,
  path: readonly string[] = [],
  ancestors: readonly unknown[] = [],
): void {
  // What holds itself is refused where it is copied.
  if (ancestors.includes(value)) return
  if (isArtifact(value) && path.length > 1) {
    throw invalid(
      `Config "${path.join('.')}" would be an artifact, which only a key at the top of the config can be.`,
      'Give it a key of its own: { dataset: version }.',
    )
  }
  if (!Array.isArray(value) && !isSubtree(value)) return
  const within = [...ancestors, value]
  for (const [key, member] of Object.entries(value)) refuseInnerArtifacts(member, [...path, key], within)
}
