import type { AddressCodec } from '../address/address-store.ts'

/** What a list of files shows. */
export interface FilesState {
  /** `q`: text that names are filtered by. */
  readonly search: string
  /** `f`: the file that is open. */
  readonly open: string | undefined
}

/** How a list of files stands in the address. */
export const filesCodec: AddressCodec<FilesState> = {
  keys: ['q', 'f'],
  parse: ({ q, f }) => ({ search: q ?? '', open: f === '' ? undefined : f }),
  stringify: ({ search, open }) => ({
    ...(search === '' ? {} : { q: search }),
    ...(open === undefined ? {} : { f: open }),
  }),
}
