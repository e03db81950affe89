import { isRunQueryField, parseQueryKey, type RunQueryField, runQueryFields } from '@lossline/protocol'
import type { RunFilterField, RunOrder, RunPath, RunPredicate, RunValuePath } from '@lossline/store'
import { type FilterField, type FilterFields, parseFilter, type ValueField } from './parse-filter.ts'
import { parseInstant } from './parse-instant.ts'
import { parseOrder } from './parse-order.ts'
import { unsupported } from './refusals.ts'

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
  if (!isValuePath(by)) throw unsupported(`the order "${text}"`)
  return { by, isDescending }
}

/**
 * A key as queries have it: `config.lr`, `summary.val/loss`, `run.created`.
 *
 * @throws {@link ServerError} `unsupported-operation` for a field that runs do not have or that has no single value.
 */
export function parseRunKey(text: string): RunValuePath {
  const key = parseQueryKey(text)
  if (key.namespace === 'config' || key.namespace === 'summary') return { kind: key.namespace, path: key.name }
  const path = isRunQueryField(key.name) ? fieldPath(key.name) : undefined
  if (path === undefined) throw unsupported(`the key "${text}"`)
  return path
}

function fieldPath(name: RunQueryField): RunValuePath | undefined {
  const field = runField(runQueryFields[name].filterKey)
  return field?.kind === 'value' && isValuePath(field.path) ? field.path : undefined
}

function isValuePath(path: RunPath): path is RunValuePath {
  return path.kind === 'field' || path.kind === 'config' || path.kind === 'summary'
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
    // Not W&B's: what a search field looks at.
    text: { kind: 'value', path: { kind: 'texts' }, isList: true },
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
