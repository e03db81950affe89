import type { AddressCodec } from '../address/address-store.ts'

/** What a sweep's points are coloured by: how each run ended, or when it began. */
export type SweepColoring = 'state' | 'order'

/** How the charts of a sweep look. */
export interface SweepView {
  /** The parameter of the scatter plot, by its name; undefined: the most important one. */
  readonly parameter: string | undefined
  readonly coloring: SweepColoring
}

/** `of` and `by` in the address of a sweep. */
export const sweepViewCodec: AddressCodec<SweepView> = {
  keys: ['of', 'by'],
  parse: ({ of, by }) => ({ parameter: of || undefined, coloring: by === 'order' ? 'order' : 'state' }),
  stringify: ({ parameter, coloring }): Record<string, string> => ({
    ...(parameter !== undefined && { of: parameter }),
    ...(coloring === 'order' && { by: coloring }),
  }),
}
