import { ArtifactError } from './artifact-error.ts'
import { invalid } from './artifact-options.ts'

/** What is being done to a draft, and whether it may still be changed. */
export interface DraftWork {
  readonly isFrozen: boolean
  /** Whether nothing is being added any more. */
  readonly isSettled: boolean
  /** @throws {@link ArtifactError} `artifact-frozen` once the draft is logged. */
  change(call: string): void
  /** Lets logging wait for what the program does not wait for. */
  wait<Result>(work: Promise<Result>): Promise<Result>
  /** The same for work whose failure only whoever logs hears of. */
  leaveToLogging(work: Promise<unknown>): void
  /** A new file of this path is being written; ends with the returned function. */
  openFile(path: string): () => void
  /** Ends all changes. @throws {@link ArtifactError} `artifact-invalid` while a new file is open. */
  freeze(): void
  /** Resolves when everything that is being added is there; rejects with the first error. */
  settled(): Promise<void>
}

export function createDraftWork(name: string): DraftWork {
  const pending = new Set<Promise<unknown>>()
  const openPaths = new Set<string>()
  let isFrozen = false
  return {
    get isFrozen() {
      return isFrozen
    },
    get isSettled() {
      return pending.size === 0
    },
    change(call) {
      if (!isFrozen) return
      throw new ArtifactError({
        code: 'artifact-frozen',
        message: `Artifact "${name}" has been logged: ${call} is no longer possible.`,
        hint: 'Make another Artifact, or change the logged version’s aliases, tags, description or metadata and save() it.',
      })
    },
    async wait(work) {
      pending.add(work)
      try {
        return await work
      } finally {
        pending.delete(work)
      }
    },
    leaveToLogging(work) {
      work.catch(() => {})
      pending.add(work)
    },
    openFile(path) {
      openPaths.add(path)
      return () => openPaths.delete(path)
    },
    freeze() {
      const [path] = openPaths
      if (path !== undefined) {
        throw invalid(
          `Artifact "${name}" cannot be logged while its new file "${path}" is open.`,
          'Close the file first. It need not be waited for.',
        )
      }
      isFrozen = true
    },
    async settled() {
      while (pending.size > 0) {
        const now = [...pending]
        await Promise.all(now)
        for (const work of now) pending.delete(work)
      }
    },
  }
}
