import { type SweepSortKey, sweepSortKeys } from '@lossline/protocol'
import type { AddressCodec } from '../address/address-store.ts'

/** The order of a list of sweeps. */
export interface SweepSort {
  readonly key: SweepSortKey
  readonly isDescending: boolean
}

const newestFirst: SweepSort = { key: 'created', isDescending: true }

/** `s` in the address of the list; newest first where it says nothing. */
export const sweepSortCodec: AddressCodec<{ readonly sort: SweepSort }> = {
  keys: ['s'],
  parse: ({ s = '' }) => {
    const isDescending = s.startsWith('-')
    const key = sweepSortKeys.find((one) => one === (isDescending ? s.slice(1) : s))
    return { sort: key === undefined ? newestFirst : { key, isDescending } }
  },
  stringify: ({ sort }): Record<string, string> => {
    const text = sweepSortText(sort)
    return text === sweepSortText(newestFirst) ? {} : { s: text }
  },
}

/** As the address and the server have it. */
export function sweepSortText({ key, isDescending }: SweepSort): SweepSortKey | `-${SweepSortKey}` {
  return isDescending ? `-${key}` : key
}
