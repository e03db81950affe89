import type { AddressCodec } from '../address-store.ts'
import { parseViewState, type SearchParams, toSearchParams, type ViewState, viewKeys } from '../url-state.ts'

/** What belongs to the moment and not to what is saved: zooms, the search for panels, sections closed by the address. */
const momentaryKeys: readonly string[] = ['z', 'zy', 'm', 'c', 'panel']

/** How defaults are written where a saved view says otherwise. */
const explicitDefaults: SearchParams = { sm: 'none', x: 'auto', lx: '0', ly: '0', o: '0', r: '10' }

/** The address of a page that shows a saved workspace: what it does not name is as it was saved. */
export function createWorkspaceCodec(saved: SearchParams): AddressCodec<ViewState> {
  return {
    keys: viewKeys,
    parse: (params) => parseViewState({ ...saved, ...params }),
    stringify: (view) => {
      const params = toSearchParams(view)
      const unsaid = Object.keys(saved).filter((key) => params[key] === undefined)
      return { ...params, ...Object.fromEntries(unsaid.map((key) => [key, explicitDefaults[key] ?? ''])) }
    },
  }
}

/** What of a page's state is saved with a workspace. */
export function toSavedParams(view: ViewState): SearchParams {
  return Object.fromEntries(Object.entries(toSearchParams(view)).filter(([key]) => !momentaryKeys.includes(key)))
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
