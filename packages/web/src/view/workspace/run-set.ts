import {
  defaultViewState,
  parseViewState,
  type SearchParams,
  toSearchParams,
  type ViewState,
} from '../address/url-state.ts'
import { stringifyRunSelection } from '../runs/run-selection.ts'
import {
  isObject,
  isSameJson,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  withKeys,
  withObject,
} from './json.ts'
import { readRunSetColumns, writeRunSetColumns } from './run-set-columns.ts'
import { readRunReference, readRunSetKey, writeGroupingKey, writeRunReference, writeRunSetKey } from './run-set-keys.ts'
import { type LocateKey, readRunSetQuery, writeRunSetQuery } from './run-set-query.ts'

/** What W&B's JSON of a set of runs says, as keys and values of a page's address. */
export function readRunSetParams(runSet: JsonObject): SearchParams {
  return toSearchParams(readView(runSet))
}

/** Tells W&B's programs the same, as far as they have words for it. */
export function writeRunSetParams(runSet: JsonObject, params: SearchParams, locate: LocateKey): JsonObject {
  return writeView(runSet, parseViewState(params), { ...readView(runSet), locate })
}

function readView(runSet: JsonObject): ViewState {
  const { runs } = defaultViewState
  const hidden = hiddenRuns(objectAt(runSet, 'selections'))
  const baseline = textAt(runSet, 'baselineRunId')
  const sort = listAt(objectAt(runSet, 'sort'), 'keys').flatMap((item) => {
    const key = isObject(item) ? readRunSetKey(item.key) : undefined
    return key === undefined ? [] : [{ key, isDescending: (item as JsonObject).ascending !== true }]
  })
  return {
    ...defaultViewState,
    query: readRunSetQuery(runSet).query,
    // The newest first is what nobody chose.
    sort: sort.length === 1 && sort[0]!.key === 'run.created' && sort[0]!.isDescending ? [] : sort,
    columns: readRunSetColumns(runSet),
    groupBy: listAt(runSet, 'grouping').flatMap((key) => readRunSetKey(key) ?? []),
    baseline: baseline === undefined ? undefined : readRunReference(baseline),
    pins: pinnedReferences(runSet).map(readRunReference),
    runs: hidden.length === 0 ? runs : { ...runs, hidden },
  }
}

function writeView(
  runSet: JsonObject,
  view: ViewState,
  before: ViewState & { readonly locate: LocateKey },
): JsonObject {
  let next = runSet
  if (view.query !== before.query) next = writeRunSetQuery(next, view.query, before.locate)
  if (view.columns?.join('\n') !== before.columns?.join('\n')) next = writeRunSetColumns(next, view.columns)
  if (!isSameJson(toJson(view.sort), toJson(before.sort))) {
    const chosen = view.sort.length === 0 ? [{ key: 'run.created', isDescending: true }] : view.sort
    const keys = chosen.flatMap(({ key, isDescending }) => {
      const theirs = writeRunSetKey(key)
      return theirs === undefined ? [] : [{ key: theirs, ascending: !isDescending }]
    })
    next = withObject(next, 'sort', (sort) => withKeys(sort, { keys }))
  }
  if (view.groupBy.join() !== before.groupBy.join()) {
    next = withKeys(next, { grouping: view.groupBy.flatMap((key) => writeGroupingKey(key) ?? []) })
  }
  if (view.baseline !== before.baseline) {
    next = withKeys(next, { baselineRunId: view.baseline && writeRunReference(view.baseline) })
  }
  if (view.pins.join() !== before.pins.join()) {
    const known = new Map(pinnedReferences(runSet).map((text) => [readRunReference(text), text]))
    next = withKeys(next, { pinnedRunIds: view.pins.map((runId) => known.get(runId) ?? runId) })
  }
  if (stringifyRunSelection(view.runs) !== stringifyRunSelection(before.runs)) {
    // Root 1: all but those. What an eye shows beyond the first ones W&B has no word for.
    const isNone = view.runs.base.kind === 'none'
    const tree = isNone ? view.runs.shown : view.runs.hidden
    next = withObject(next, 'selections', (old) => withKeys(old, { root: isNone ? 0 : 1, tree }))
  }
  return next
}

function pinnedReferences(runSet: JsonObject): readonly string[] {
  return listAt(runSet, 'pinnedRunIds').filter((id): id is string => typeof id === 'string')
}

/** Ids of runs, or of groups whose `children` are runs. */
function hiddenRuns({ root, tree }: JsonObject): readonly string[] {
  if (root !== 1 || !Array.isArray(tree)) return []
  return tree.flatMap((node) => {
    if (typeof node === 'string') return [node]
    return isObject(node) ? listAt(node, 'children').filter((id): id is string => typeof id === 'string') : []
  })
}

function toJson(sort: ViewState['sort']): Json {
  return sort.map(({ key, isDescending }) => [key, isDescending])
}
