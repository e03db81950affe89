import type { ArtifactVersion } from '@lossline/core'
import { messageOf } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'

/** Deletes the versions of an artifact that are not among the best. It works beside the training: nobody waits for it. */
export interface VersionPruner {
  add(version: ArtifactVersion, rating: VersionRating): void
  /** Resolves when nothing is left to delete. Never rejects. */
  settled(): Promise<void>
}

/** What a version is worth. */
export interface VersionRating {
  /** Larger is better; `undefined` for a version without a value, which is worse than all others. */
  readonly score: number | undefined
  /** Whether it has the alias `best` from now on. */
  readonly isBest: boolean
}

interface KeptVersion {
  readonly version: ArtifactVersion
  readonly score: number
}

/** @param keepCount - How many of the best are kept, beside the newest and the one with the alias `best`. */
export function createVersionPruner(keepCount: number, report: ReportProblem): VersionPruner {
  let kept: readonly KeptVersion[] = []
  let bestDigest: string | undefined
  let deleting: Promise<void> = Promise.resolve()

  async function deleteVersion(version: ArtifactVersion): Promise<void> {
    try {
      await version.wait()
      // In disabled mode there is nothing to delete.
      if (version.id !== undefined) await version.delete({ deleteAliases: true })
    } catch (cause) {
      report({
        code: 'tfjs-checkpoints-kept',
        message: `Older checkpoints of "${version.name}" could not be deleted: ${messageOf(cause)}`,
        hint: 'They stay; delete them in the page. In offline mode no server can be asked: leave keepBest out there.',
        cause,
      })
    }
  }

  return {
    add(version, { score = Number.NEGATIVE_INFINITY, isBest }) {
      if (isBest) bestDigest = version.digest
      // The same contents are the same version: it would be deleted under the other one's feet.
      const others = kept.filter(({ version: { digest } }) => digest !== version.digest)
      const same = kept.filter(({ version: { digest } }) => digest === version.digest)
      const newest = { version, score: Math.max(score, ...same.map((entry) => entry.score)) }
      const { best, rest } = splitBest([...others, newest], keepCount)
      // With a `minDelta` others may have a somewhat better value than the one that is called the best.
      const isKept = (entry: KeptVersion): boolean =>
        best.includes(entry) || entry === newest || entry.version.digest === bestDigest
      kept = [...others, newest].filter(isKept)
      for (const entry of rest.filter((one) => !isKept(one))) {
        deleting = deleting.then(() => deleteVersion(entry.version))
      }
    },
    settled: () => deleting,
  }
}

/** The best ones, of equal ones the newer, and the others. */
export function splitBest<Entry extends { readonly score: number }>(
  entries: readonly Entry[],
  count: number,
): { readonly best: readonly Entry[]; readonly rest: readonly Entry[] } {
  const order = entries.map((entry, index) => ({ entry, index })).sort(byScore)
  const best = new Set(order.slice(0, count).map(({ entry }) => entry))
  return { best: entries.filter((entry) => best.has(entry)), rest: entries.filter((entry) => !best.has(entry)) }
}

function byScore(
  a: { readonly entry: { readonly score: number }; readonly index: number },
  b: { readonly entry: { readonly score: number }; readonly index: number },
): number {
  // The difference of two infinities would be NaN.
  return a.entry.score === b.entry.score ? b.index - a.index : a.entry.score < b.entry.score ? 1 : -1
}
