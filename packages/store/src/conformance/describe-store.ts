import { describe } from 'vitest'
import { describeAccounts } from './account-cases.ts'
import { describeArtifacts } from './artifact-cases.ts'
import { describeArtifactContents } from './artifact-content-cases.ts'
import { describeArtifactOracle } from './artifact-oracle-cases.ts'
import { describeHistory } from './history-cases.ts'
import { describeHistoryExports } from './history-export-cases.ts'
import { describeLife } from './life-cases.ts'
import { describeLifecycle } from './lifecycle-cases.ts'
import { describeMetricNotes } from './metric-note-cases.ts'
import { describeOracle } from './oracle-cases.ts'
import { describePlaces } from './place-cases.ts'
import { describeRuns } from './run-cases.ts'
import { describeRunQueryOracle } from './run-query-oracle-cases.ts'
import { describeShareLinks } from './share-link-cases.ts'
import type { CreateStorePlace } from './store-place.ts'
import { describeSweeps } from './sweep-cases.ts'
import { describeTexts } from './text-cases.ts'
import { describeTrash } from './trash-cases.ts'
import { describeViewRevisions } from './view-cases.ts'

/**
 * Registers the cases that every `Store` must pass with vitest, in a `describe` of the given name. For drivers and for what
 * wraps them.
 *
 * @example
 * describeStore('sqlite, in memory', async () => ({
 *   isPersistent: false,
 *   open: () => openSqliteStore({ path: ':memory:' }),
 *   async [Symbol.asyncDispose]() {},
 * }))
 */
export function describeStore(name: string, createPlace: CreateStorePlace): void {
  describe(name, () => {
    describeLifecycle(createPlace)
    describeRuns(createPlace)
    describeHistory(createPlace)
    describeLife(createPlace)
    describeHistoryExports(createPlace)
    describeOracle(createPlace)
    describeRunQueryOracle(createPlace)
    describeArtifacts(createPlace)
    describeArtifactContents(createPlace)
    describeArtifactOracle(createPlace)
    describeAccounts(createPlace)
    describeTrash(createPlace)
    describeTexts(createPlace)
    describeShareLinks(createPlace)
    describeSweeps(createPlace)
    describeViewRevisions(createPlace)
    describeMetricNotes(createPlace)
    describePlaces(createPlace)
  })
}
