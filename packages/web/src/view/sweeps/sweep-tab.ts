import type { AddressCodec } from '../address/address-store.ts'

/** A view of a sweep. */
export type SweepTab = 'overview' | 'runs' | 'config'

export const sweepTabs: readonly { readonly id: SweepTab; readonly label: string }[] = [
  { id: 'overview', label: 'Overview' },
  { id: 'runs', label: 'Runs' },
  { id: 'config', label: 'YAML' },
]

/** `tab` in the address. */
export const sweepTabCodec: AddressCodec<{ readonly tab: SweepTab }> = {
  keys: ['tab'],
  parse: ({ tab }) => ({ tab: sweepTabs.find(({ id }) => id === tab)?.id ?? 'overview' }),
  stringify: ({ tab }): Record<string, string> => (tab === 'overview' ? {} : { tab }),
}
