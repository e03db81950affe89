import type { AddressCodec } from '../address/address-store.ts'
import { decodePart, encodePart } from '../files/text-part.ts'

/** More columns than that nobody compares. */
export const comparedRunCountMax = 50

/** Which runs are compared, and how. */
export interface CompareState {
  readonly runIds: readonly string[]
  readonly isDifferentOnly: boolean
  /** The run that the others are compared with. Default: the first. */
  readonly baseline?: string | undefined
}

/** `runs`, `all` and `b` in the address. */
export const compareCodec: AddressCodec<CompareState> = {
  keys: ['runs', 'all', 'b'],
  parse: ({ runs = '', all, b }) => ({
    runIds: runs === '' ? [] : [...new Set(runs.split(',').map(decodePart))],
    isDifferentOnly: all === undefined,
    ...(b && { baseline: b }),
  }),
  stringify: ({ runIds, isDifferentOnly, baseline }): Record<string, string> => ({
    ...(runIds.length > 0 && { runs: runIds.map(encodePart).join(',') }),
    ...(isDifferentOnly ? {} : { all: '1' }),
    ...(baseline !== undefined && baseline !== runIds[0] && { b: baseline }),
  }),
}
