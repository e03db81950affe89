import type { AddressCodec } from '../address/address-store.ts'
import {
  parseViewState,
  runSetKeys,
  type SearchParams,
  toSearchParams,
  type ViewState,
  viewKeys,
} from '../address/url-state.ts'
import type { Workspace, WorkspaceRunSet } from './workspace.ts'

/** What belongs to the moment and not to what is saved: zooms, the search for panels, panels as tables, sections closed by the address, the set chosen. */
const momentaryKeys: readonly string[] = ['z', 'zx', 'zy', 'm', 'tv', 'c', 'panel', 'set']

/** How defaults are written where a saved view says otherwise. */
const explicitDefaults: SearchParams = { sm: 'none', x: 'auto', lx: '0', ly: '0', o: '0', r: '10' }

/** The set of runs that an address means; the first where there is none of that id. */
export function findRunSet({ runSets }: Pick<Workspace, 'runSets'>, id: string | undefined): WorkspaceRunSet {
  return runSets.find((set) => set.id === id) ?? runSets[0]!
}

/** How a set stands in the address; the first one needs no word. */
export function runSetParam({ runSets }: Pick<Workspace, 'runSets'>, id: string): string {
  return runSets[0]!.id === id ? '' : id
}

/** What the address of a page says that shows a saved workspace, with one of its sets chosen. */
export function pageParams(saved: Pick<Workspace, 'params' | 'runSets'>, runSetId: string | undefined): SearchParams {
  return { ...saved.params, ...findRunSet(saved, runSetId).params }
}

/**
 * The address of a page that shows a saved workspace: what it does not name is as it was saved.
 *
 * @param saved - Gives it as it was saved last.
 */
export function createWorkspaceCodec(saved: () => Pick<Workspace, 'params' | 'runSets'>): AddressCodec<ViewState> {
  return {
    keys: viewKeys,
    parse: (params) => parseViewState({ ...pageParams(saved(), params.set), ...params }),
    stringify: (view) => {
      const params = toSearchParams(view)
      const saidOtherwise = pageParams(saved(), view.runSet)
      const unsaid = Object.keys(saidOtherwise).filter((key) => params[key] === undefined)
      return { ...params, ...Object.fromEntries(unsaid.map((key) => [key, explicitDefaults[key] ?? ''])) }
    },
  }
}

/** What of a page's state is saved with a workspace. */
export function toSavedParams(view: ViewState): SearchParams {
  return Object.fromEntries(Object.entries(toSearchParams(view)).filter(([key]) => !momentaryKeys.includes(key)))
}

/** Of these the ones about a set of runs, or those about charts. */
export function paramsOf(part: 'runs' | 'charts', params: SearchParams): SearchParams {
  const isOfRuns = (key: string): boolean => (runSetKeys as readonly string[]).includes(key)
  return Object.fromEntries(Object.entries(params).filter(([key]) => isOfRuns(key) === (part === 'runs')))
}

/** A workspace whose parameters are written as the address writes them, defaults left out. */
export function inWordsOfAddress(workspace: Workspace): Workspace {
  const inWords = (part: 'runs' | 'charts', params: SearchParams): SearchParams =>
    paramsOf(part, toSavedParams(parseViewState(params)))
  return {
    ...workspace,
    params: inWords('charts', workspace.params),
    runSets: workspace.runSets.map((set) => ({ ...set, params: inWords('runs', set.params) })),
  }
}

/** Keys by which two states differ. */
export function differingKeys(a: SearchParams, b: SearchParams): readonly string[] {
  return Object.keys({ ...a, ...b }).filter((key) => a[key] !== b[key])
}

/** What was saved, with what somebody changed here: what was only pasted into the address is not kept. */
export function withTouched(saved: SearchParams, now: SearchParams, touched: ReadonlySet<string>): SearchParams {
  const values = Object.keys({ ...saved, ...now }).map((key) => [key, touched.has(key) ? now[key] : saved[key]])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}
