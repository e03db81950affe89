import { parseViewState, type SearchParams, type ViewState } from '../address/url-state.ts'

/**
 * The list that a run was opened from, in the address of its page: `rq` is its query, `rs` its order. Keys of their own, since
 * `q` and `s` mean the page itself there.
 */
export function parseRunSet({ rq, rs }: SearchParams): Pick<ViewState, 'query' | 'sort'> {
  return parseViewState({ ...(rq === undefined ? {} : { q: rq }), ...(rs === undefined ? {} : { s: rs }) })
}

/** For links from a list to a run: the list's own query and order, and its baseline, which means the same there. */
export function toRunSet({ q, s, b }: SearchParams): SearchParams {
  return { ...(q ? { rq: q } : {}), ...(s ? { rs: s } : {}), ...(b ? { b } : {}) }
}

/** For links from a run to itself or another one: the list and the baseline stay. */
export function keepRunSet({ rq, rs, b }: SearchParams): SearchParams {
  return {
    ...(rq === undefined ? {} : { rq }),
    ...(rs === undefined ? {} : { rs }),
    ...(b === undefined ? {} : { b }),
  }
}
