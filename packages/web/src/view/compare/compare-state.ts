import type { AddressCodec } from '../address-store.ts'
import { decodePart, encodePart } from '../text-part.ts'

/** Which runs are compared, and how. */
export interface CompareState {
  readonly runIds: readonly string[]
  readonly isDifferentOnly: boolean
}

/** `runs` and `all` in the address. */
export const compareCodec: AddressCodec<CompareState> = {
  keys: ['runs', 'all'],
  parse: ({ runs = '', all }) => ({
    runIds: runs === '' ? [] : [...new Set(runs.split(',').map(decodePart))],
    isDifferentOnly: all === undefined,
  }),
  stringify: ({ runIds, isDifferentOnly }): Record<string, string> => ({
    ...(runIds.length > 0 && { runs: runIds.map(encodePart).join(',') }),
    ...(isDifferentOnly ? {} : { all: '1' }),
  }),
}
