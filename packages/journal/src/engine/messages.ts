import type { MetricRecord, WandbRecordBody } from '@lossline/protocol'
import type { LeafItem, RowItem } from '../media/row-item.ts'

/** A row of the slow path, its step already decided by the writer. */
export interface RowMessage {
  readonly kind: 'row'
  readonly items: readonly RowItem[]
  readonly step: number
  readonly isCommitted: boolean
  readonly timeMs: number
}

/** What a run that goes on had before. */
export interface EarlierMetrics {
  /** Its metric definitions. They hold until this process defines a metric of that name, or a glob that matches it. */
  readonly definitions: readonly MetricRecord[]
  /** Its summary, each leaf and each object of statistics as one item; what W&B keeps for itself last. */
  readonly summary: readonly LeafItem[]
  /** Last values of metrics that serve as step metrics, by name, where the summary does not have them. */
  readonly stepValues: Readonly<Record<string, number>>
}

/** What the training thread asks of the thread that writes; each gets one reply. */
export type EngineRequest =
  | { readonly name: 'summary' }
  | { readonly name: 'flush' }
  /** Ends the wait of `finish` for the server. */
  | { readonly name: 'stop-waiting' }
  | {
      readonly name: 'finish'
      readonly exitCode: number
      readonly leavesOpen: boolean
      readonly timeMs: number
      readonly sendTimeoutMs: number
    }

/** Everything that reaches the engine beside the rows of the ring, in order with them. */
export type EngineMessage =
  | { readonly kind: 'shape'; readonly id: number; readonly paths: readonly (readonly string[])[] }
  | RowMessage
  /** The step that is still open ends. */
  | { readonly kind: 'commit' }
  | { readonly kind: 'record'; readonly body: WandbRecordBody }
  | { readonly kind: 'metric'; readonly metric: MetricRecord }
  | { readonly kind: 'earlier'; readonly earlier: EarlierMetrics }
  | { readonly kind: 'summary'; readonly update: readonly RowItem[]; readonly remove: readonly (readonly string[])[] }
  | { readonly kind: 'request'; readonly id: number; readonly request: EngineRequest }
