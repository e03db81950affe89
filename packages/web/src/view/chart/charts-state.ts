import type { AddressCodec } from '../address/address-store.ts'

/** What custom charts show. */
export interface ChartsState {
  /** `cs`: step of their tables; undefined follows the newest. */
  readonly step: number | undefined
}

/** How custom charts stand in the address. */
export const chartsCodec: AddressCodec<ChartsState> = {
  keys: ['cs'],
  parse: ({ cs }) => ({ step: cs !== undefined && /^\d{1,15}$/.test(cs) ? Number(cs) : undefined }),
  stringify: ({ step }) => (step === undefined ? {} : { cs: String(step) }),
}
