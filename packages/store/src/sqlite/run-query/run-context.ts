import type { RawBuilder } from 'kysely'
import type { PresumedState } from '../../runs/run-selection.ts'
import type { FindKeys } from '../values/find-keys.ts'

/** A piece of SQL over a row of `run`. */
export type Expression = RawBuilder<unknown>

/** What an expression depends on beside the run. */
export interface RunContext {
  readonly keys: FindKeys
  readonly projectId: number
  readonly entity: string
  readonly presumed: readonly PresumedState[]
}
