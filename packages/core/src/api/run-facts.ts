import { fromWireConfig, type JsonObject } from '@lossline/protocol'
import { deepFreeze } from './deep-freeze.ts'
import { listAt, maybeDateAt, maybeNumberAt, maybeTextAt, parsedAt } from './wire-values.ts'

/** State of a run as its server sees it. W&B may add others. */
export type RunState =
  | 'pending'
  | 'running'
  | 'finished'
  | 'failed'
  | 'crashed'
  | 'killed'
  | 'preempting'
  | 'preempted'
  | (string & {})

/** What is known of a run after one answer. */
export interface RunFacts {
  readonly storageId: string
  readonly id: string
  readonly name: string
  readonly state: RunState
  readonly group: string | undefined
  readonly jobType: string | undefined
  readonly sweepId: string | undefined
  readonly commit: string | undefined
  readonly notes: string | undefined
  readonly tags: readonly string[]
  readonly username: string | undefined
  readonly createdAt: Date
  readonly heartbeatAt: Date | undefined
  readonly historyLineCount: number
  readonly rawConfig: JsonObject
  readonly config: JsonObject
  readonly summary: JsonObject
}

/** Reads a run of W&B's protocol, where `name` is the id and `displayName` the name. */
export function toRunFacts(node: JsonObject): RunFacts {
  const rawConfig = parsedAt(node, 'config')
  const { _wandb, ...config } = fromWireConfig(rawConfig)
  const user = node.user
  return deepFreeze({
    storageId: maybeTextAt(node, 'id') ?? '',
    id: maybeTextAt(node, 'name') ?? '',
    name: maybeTextAt(node, 'displayName') ?? maybeTextAt(node, 'name') ?? '',
    state: maybeTextAt(node, 'state') ?? 'pending',
    group: maybeTextAt(node, 'group'),
    jobType: maybeTextAt(node, 'jobType'),
    sweepId: maybeTextAt(node, 'sweepName'),
    commit: maybeTextAt(node, 'commit'),
    notes: maybeTextAt(node, 'notes'),
    tags: listAt(node, 'tags').filter((tag) => typeof tag === 'string'),
    username:
      typeof user === 'object' && user !== null && 'username' in user ? maybeTextAt(user, 'username') : undefined,
    createdAt: maybeDateAt(node, 'createdAt') ?? new Date(0),
    heartbeatAt: maybeDateAt(node, 'heartbeatAt'),
    historyLineCount: maybeNumberAt(node, 'historyLineCount') ?? 0,
    rawConfig,
    config,
    summary: parsedAt(node, 'summaryMetrics'),
  })
}

// W&B's client waits for the first three; a killed run does not go on either.
const endStates: ReadonlySet<string> = new Set(['finished', 'crashed', 'failed', 'killed'])

/** Whether a run in this state is over. */
export function isOver(state: RunState): boolean {
  return endStates.has(state)
}
