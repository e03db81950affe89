import type { QueryLanguage } from '@lossline/protocol'
import type { QueryGroup, QueryPath } from '../../view/filter/edit-query.ts'

/** What a stop of the arrow keys is. */
export type ChipStop = 'add' | 'chip' | 'group' | 'join'

/** What all chips of a query share. */
export interface ChipContext {
  readonly language: QueryLanguage
  readonly root: QueryGroup
  readonly change: (root: QueryGroup) => void
  /** Changes the query to one without the part of a stop, and lets the focus go on to the next one. */
  readonly remove: (root: QueryGroup, stop: string) => void
  /** Whether there can be no further group in a group. */
  readonly isDeep: (path: QueryPath) => boolean
  /** What makes a button one that the arrow keys go through. */
  readonly stopOf: (path: QueryPath, part: ChipStop) => { readonly 'data-stop': string; readonly tabIndex: number }
}
