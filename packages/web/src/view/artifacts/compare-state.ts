import type { AddressCodec } from '../address/address-store.ts'
import type { TableMode } from '../panels/table-panel.ts'

/** Which version another one is compared with, and what of them is open. */
export interface VersionCompareState {
  /** `compare`: the version before, such as `v3` or an alias. */
  readonly with: string | undefined
  /** `cf`: the file whose text is compared. */
  readonly file: string | undefined
  /** `split`: both texts side by side. */
  readonly isSplit: boolean
  /** `same`: what is the same is listed too. */
  readonly showsSame: boolean
}

/** How it stands in the address. */
export const versionCompareCodec: AddressCodec<VersionCompareState> = {
  keys: ['compare', 'cf', 'split', 'same'],
  parse: ({ compare, cf, split, same }) => ({
    with: compare || undefined,
    file: cf || undefined,
    isSplit: split === '1',
    showsSame: same === '1',
  }),
  stringify: ({ with: other, file, isSplit, showsSame }): Record<string, string> => ({
    ...(other === undefined ? {} : { compare: other }),
    ...(file === undefined ? {} : { cf: file }),
    ...(isSplit ? { split: '1' } : {}),
    ...(showsSame ? { same: '1' } : {}),
  }),
}

/** How the rows of a table in both versions are put together. */
export interface ComparedTableState {
  /** `ct`. */
  readonly mode: Exclude<TableMode, 'one'>
  /** `cj`: the column by which rows belong together; undefined: one that looks like it. */
  readonly joinColumn: string | undefined
}

/** How it stands in the address. */
export const comparedTableCodec: AddressCodec<ComparedTableState> = {
  keys: ['ct', 'cj'],
  parse: ({ ct, cj }) => ({ mode: ct === 'concat' || ct === 'separate' ? ct : 'compare', joinColumn: cj }),
  stringify: ({ mode, joinColumn }): Record<string, string> => ({
    ...(mode === 'compare' ? {} : { ct: mode }),
    ...(joinColumn === undefined ? {} : { cj: joinColumn }),
  }),
}
