import { stringifyRunSelection } from '../run-selection.ts'
import { defaultViewState, parseViewState, type SearchParams, toSearchParams, type ViewState } from '../url-state.ts'
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
import { readSettings, writeSettings } from './panel-settings.ts'
import { readRunReference, readRunSetKey, writeRunSetKey } from './run-set-keys.ts'

/** What a spec's first set of runs and its settings say, as keys and values of a page's address. */
export function readRunSetParams(section: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(toSearchParams(readRunSet(section)))
}

/** Tells W&B's programs the same, as far as they have words for it. */
export function writeRunSetParams(section: JsonObject, params: SearchParams): JsonObject {
  const view = parseViewState(params)
  const settled = withObject(section, 'settings', (settings) =>
    writeSettings(
      {
        ...readSettings(settings),
        x: view.x.kind === 'auto' ? undefined : view.x,
        smoothing: view.smoothing.kind === 'none' ? undefined : view.smoothing,
        isLogX: view.isLogX || undefined,
        isLogY: view.isLogY || undefined,
        ignoresOutliers: view.ignoresOutliers || undefined,
      },
      settings,
    ),
  )
  const before = firstRunSet(section)
  const runSet = writeRunSet(before, view, readRunSet(section))
  if (runSet === before) return settled
  return withKeys(settled, { runSets: [runSet, ...listAt(settled, 'runSets').slice(1)] })
}

function readRunSet(section: JsonObject): ViewState {
  const runSet = firstRunSet(section)
  const settings = readSettings(objectAt(section, 'settings'))
  const { x, smoothing, isLogX = false, isLogY = false, ignoresOutliers = false } = settings
  const { runs, ...defaults } = defaultViewState
  const hidden = hiddenRuns(objectAt(runSet, 'selections'))
  const baseline = textAt(runSet, 'baselineRunId')
  const sort = listAt(objectAt(runSet, 'sort'), 'keys').flatMap((item) => {
    const key = isObject(item) ? readRunSetKey(item.key) : undefined
    return key === undefined ? [] : [{ key, isDescending: (item as JsonObject).ascending !== true }]
  })
  return {
    ...defaults,
    query: textAt(objectAt(runSet, 'search'), 'query') ?? '',
    // The newest first is what nobody chose.
    sort: sort.length === 1 && sort[0]!.key === 'run.created' && sort[0]!.isDescending ? [] : sort,
    groupBy: listAt(runSet, 'grouping').flatMap((key) => readRunSetKey(key) ?? []),
    baseline: baseline === undefined ? undefined : readRunReference(baseline),
    runs: hidden.length === 0 ? runs : { ...runs, hidden },
    x: x ?? defaults.x,
    smoothing: smoothing ?? defaults.smoothing,
    isLogX,
    isLogY,
    ignoresOutliers,
  }
}

function writeRunSet(runSet: JsonObject, view: ViewState, before: ViewState): JsonObject {
  let next = runSet
  if (view.query !== before.query) {
    // W&B searches names for it; what is more than words it would not find.
    const query = /^[\w\s./-]*$/.test(view.query) ? view.query : ''
    next = withObject(next, 'search', (search) => withKeys(search, { query }))
  }
  if (!isSameJson(toJson(view.sort), toJson(before.sort))) {
    const chosen = view.sort.length === 0 ? [{ key: 'run.created', isDescending: true }] : view.sort
    const keys = chosen.flatMap(({ key, isDescending }) => {
      const theirs = writeRunSetKey(key)
      return theirs === undefined ? [] : [{ key: theirs, ascending: !isDescending }]
    })
    next = withObject(next, 'sort', (sort) => withKeys(sort, { keys }))
  }
  if (view.groupBy.join() !== before.groupBy.join()) {
    next = withKeys(next, { grouping: view.groupBy.flatMap((key) => writeRunSetKey(key) ?? []) })
  }
  if (view.baseline !== before.baseline) next = withKeys(next, { baselineRunId: view.baseline })
  if (stringifyRunSelection(view.runs) !== stringifyRunSelection(before.runs)) {
    // Root 1: all but those. What an eye shows beyond the first ones W&B has no word for.
    const isNone = view.runs.base.kind === 'none'
    const tree = isNone ? view.runs.shown : view.runs.hidden
    next = withObject(next, 'selections', (old) => withKeys(old, { root: isNone ? 0 : 1, tree }))
  }
  return next
}

function firstRunSet(section: JsonObject): JsonObject {
  const first = listAt(section, 'runSets')[0]
  return isObject(first) ? first : {}
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
