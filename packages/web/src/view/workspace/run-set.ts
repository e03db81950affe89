import { parseRunSelection, stringifyRunSelection } from '../run-selection.ts'
import { parseViewState, type SearchParams, toSearchParams, type ViewState } from '../url-state.ts'
import { isObject, type JsonObject, objectAt, textAt, withKeys, withObject } from './json.ts'
import { readSettings, writeSettings } from './panel-settings.ts'

/** What a spec's first set of runs and its settings say, as keys and values of a page's address. */
export function readRunSetParams(section: JsonObject): readonly (readonly [string, string])[] {
  const runSet = firstRunSet(section)
  const { x, smoothing, isLogX = false, isLogY = false } = readSettings(objectAt(section, 'settings'))
  const search = textAt(objectAt(runSet, 'search'), 'query') ?? ''
  const hidden = hiddenRuns(objectAt(runSet, 'selections'))
  const defaults = parseViewState({})
  const view: ViewState = {
    ...defaults,
    search,
    x: x ?? defaults.x,
    smoothing: smoothing ?? defaults.smoothing,
    isLogX,
    isLogY,
    runs: hidden.length === 0 ? defaults.runs : { ...defaults.runs, hidden },
  }
  return Object.entries(toSearchParams(view))
}

/** Tells W&B's programs the same, as far as they have words for it. */
export function writeRunSetParams(section: JsonObject, params: SearchParams): JsonObject {
  const { x, smoothing, isLogX, isLogY } = parseViewState(params)
  const settled = withObject(section, 'settings', (settings) =>
    writeSettings(
      {
        ...readSettings(settings),
        x: x.kind === 'auto' ? undefined : x,
        smoothing: smoothing.kind === 'none' ? undefined : smoothing,
        isLogX: isLogX || undefined,
        isLogY: isLogY || undefined,
      },
      settings,
    ),
  )
  const selection = parseRunSelection(params.r)
  const before = firstRunSet(section)
  let runSet = withObject(before, 'search', (search) =>
    (textAt(search, 'query') ?? '') === (params.q ?? '') ? search : withKeys(search, { query: params.q ?? '' }),
  )
  const isSelected = stringifyRunSelection(selection) === ''
  if (selection.hidden.join() !== hiddenRuns(objectAt(before, 'selections')).join() || !isSelected) {
    // Root 1: all but those. What an eye shows beyond the first ones W&B has no word for.
    const isNone = selection.base.kind === 'none'
    const tree = isNone ? selection.shown : selection.hidden
    runSet = withObject(runSet, 'selections', (old) => withKeys(old, { root: isNone ? 0 : 1, tree }))
  }
  if (runSet === before) return settled
  const list = settled.runSets
  const others = Array.isArray(list) ? list.slice(1) : []
  return withKeys(settled, { runSets: [runSet, ...others] })
}

function firstRunSet(section: JsonObject): JsonObject {
  const list = section.runSets
  const first = Array.isArray(list) ? list[0] : undefined
  return isObject(first) ? first : {}
}

/** Ids of runs, or of groups whose `children` are runs. */
function hiddenRuns(selections: JsonObject): readonly string[] {
  const { root, tree } = selections
  if (root !== 1 || !Array.isArray(tree)) return []
  return tree.flatMap((node) => {
    if (typeof node === 'string') return [node]
    const children = isObject(node) ? node.children : undefined
    return Array.isArray(children) ? children.filter((id): id is string => typeof id === 'string') : []
  })
}
