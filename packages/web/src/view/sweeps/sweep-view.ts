import type { AddressCodec } from '../address/address-store.ts'

/** What a sweep's points are coloured by: how each run ended, or when it began. */
export type SweepColoring = 'state' | 'order'

/** How the charts of a sweep look. */
export interface SweepView {
  /** The parameter of the scatter plot, by its name; undefined: the most important one. */
  readonly parameter: string | undefined
  readonly coloring: SweepColoring
  /** Also runs whose metric is far from that of the others. */
  readonly showsAll: boolean
}

/** `of`, `by` and `far` in the address of a sweep. */
export const sweepViewCodec: AddressCodec<SweepView> = {
  keys: ['of', 'by', 'far'],
  parse: ({ of, by, far }) => ({
    parameter: of || undefined,
    coloring: by === 'order' ? 'order' : 'state',
    showsAll: far === '1',
  }),
  stringify: ({ parameter, coloring, showsAll }): Record<string, string> => ({
    ...(parameter !== undefined && { of: parameter }),
    ...(coloring === 'order' && { by: coloring }),
    ...(showsAll && { far: '1' }),
  }),
}
