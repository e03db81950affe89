import type { AddressCodec } from '../address/address-store.ts'

/** How the trees of a run stand beside those of the baseline. */
export interface BaselineState {
  /** `diff`: `all` values are compared, or `only` those shown that differ; undefined: the run stands alone. */
  readonly diff: 'all' | 'only' | undefined
}

/** How that stands in the address. */
export const baselineCodec: AddressCodec<BaselineState> = {
  keys: ['diff'],
  parse: ({ diff }) => ({ diff: diff === 'all' || diff === 'only' ? diff : undefined }),
  stringify: ({ diff }): Record<string, string> => (diff === undefined ? {} : { diff }),
}
