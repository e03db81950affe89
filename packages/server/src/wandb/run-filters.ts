import type { RunFilterField, RunOrder, RunPath, RunPredicate } from '@lossline/store'
import { type FilterField, type FilterFields, parseFilter, type ValueField } from './filters/parse-filter.ts'
import { parseInstant } from './filters/parse-instant.ts'
import { parseOrder } from './filters/parse-order.ts'
import { unsupported } from './filters/refusals.ts'

/** Reads the filter of `Api.runs`: Mongo's words over the run's fields. Undefined: every run. @throws as {@link parseFilter}. */
export function parseRunFilter(text: string | null | undefined): Promise<RunPredicate | undefined> {
  return parseFilter(text, runField)
}

/**
 * Reads `[+|-]field`.
 *
 * @param text - Null or empty: oldest first.
 * @throws as {@link parseOrder}.
 */
export function parseRunOrder(text: string | null | undefined): RunOrder {
  const { by, isDescending } = parseOrder(text || 'created_at', runField)
  if (by.kind === 'tags' || by.kind === 'metric') throw unsupported(`the order "${text}"`)
  return { by, isDescending }
}

const single = (field: RunFilterField): ValueField<RunPath> => ({ kind: 'value', path: { kind: 'field', field } })
const time = (field: RunFilterField): ValueField<RunPath> => ({ ...single(field), toOperand: parseInstant })

const runFields: ReadonlyMap<string, FilterField<RunPath>> = new Map(
  Object.entries<FilterField<RunPath>>({
    name: single('runId'),
    displayName: single('displayName'),
    display_name: single('displayName'),
    state: single('state'),
    createdAt: time('createdAtMs'),
    created_at: time('createdAtMs'),
    heartbeatAt: time('heartbeatAtMs'),
    heartbeat_at: time('heartbeatAtMs'),
    updatedAt: time('updatedAtMs'),
    updated_at: time('updatedAtMs'),
    duration: single('runtimeSeconds'),
    group: single('group'),
    jobType: single('jobType'),
    host: single('host'),
    username: single('username'),
    entity: single('entity'),
    sweep: single('sweepId'),
    tags: { kind: 'value', path: { kind: 'tags' }, isList: true },
  }),
)

/** Fields whose names go on with a key. */
const keyedFields: readonly (readonly [prefix: string, toField: (key: string) => FilterField<RunPath>])[] = [
  ['config.', (path) => ({ kind: 'value', path: { kind: 'config', path } })],
  ['summary_metrics.', (path) => ({ kind: 'value', path: { kind: 'summary', path } })],
  ['keys_info.keys.', (path) => ({ kind: 'value', path: { kind: 'metric', path } })],
  ['tags.', (value) => ({ kind: 'flag', holds: { kind: 'eq', path: { kind: 'tags' }, value } })],
]

const runField: FilterFields<RunPath> = (name) => {
  const [prefix, toField] = keyedFields.find(([start]) => name.startsWith(start)) ?? []
  return prefix === undefined ? runFields.get(name) : toField?.(name.slice(prefix.length))
}
