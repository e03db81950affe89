import type { AddressCodec } from './address-store.ts'

/** What the media tab shows. */
export interface MediaState {
  /** `q`: text that keys are filtered by. */
  readonly search: string
  /** `step`; undefined follows the newest. */
  readonly step: number | undefined
  /** `size`: how large pictures are. */
  readonly size: MediaSize
  /** `hist=steps`: histograms over all steps instead of at one. */
  readonly isOverSteps: boolean
}
/** Sizes of pictures in the grid. */
export type MediaSize = 's' | 'm' | 'l'

/** How the media tab stands in the address. */
export const mediaCodec: AddressCodec<MediaState> = {
  keys: ['q', 'step', 'size', 'hist'],
  parse: ({ q, step, size, hist }) => ({
    search: q ?? '',
    step: parseStep(step),
    size: size === 's' || size === 'l' ? size : 'm',
    isOverSteps: hist === 'steps',
  }),
  stringify: ({ search, step, size, isOverSteps }) => ({
    ...(search === '' ? {} : { q: search }),
    ...(step === undefined ? {} : { step: String(step) }),
    ...(size === 'm' ? {} : { size }),
    ...(isOverSteps ? { hist: 'steps' } : {}),
  }),
}

/** What the tables tab shows. */
export interface TablesState {
  /** `t`: key of the table; undefined is the first. */
  readonly key: string | undefined
  /** `step`; undefined follows the newest. */
  readonly step: number | undefined
  /** `sort`: a column, with `-` in front for descending. */
  readonly sort: string | undefined
  readonly isDescending: boolean
  /** `q`: text that rows are filtered by. */
  readonly search: string
  /** `row`: the row whose fields are all shown, by its place in the order on screen. */
  readonly row: number | undefined
}

/** How the tables tab stands in the address. */
export const tablesCodec: AddressCodec<TablesState> = {
  keys: ['t', 'step', 'sort', 'q', 'row'],
  parse: ({ t, step, sort, q, row }) => ({
    key: t,
    step: parseStep(step),
    sort: sort === undefined || sort === '' ? undefined : sort.replace(/^[-+]/, ''),
    isDescending: sort?.startsWith('-') ?? false,
    search: q ?? '',
    row: parseStep(row),
  }),
  stringify: ({ key, step, sort, isDescending, search, row }) => ({
    ...(key === undefined ? {} : { t: key }),
    ...(step === undefined ? {} : { step: String(step) }),
    // A sign always, so that a column may begin with one.
    ...(sort === undefined ? {} : { sort: `${isDescending ? '-' : '+'}${sort}` }),
    ...(search === '' ? {} : { q: search }),
    ...(row === undefined ? {} : { row: String(row) }),
  }),
}

/** How a table is shown: the part of {@link TablesState} that does not say which one. */
export type TableViewState = Pick<TablesState, 'sort' | 'isDescending' | 'search' | 'row'>

/** How a table among files stands in the address, whose other keys are those of the files. */
export const tableViewCodec: AddressCodec<TableViewState> = {
  keys: ['tsort', 'tq', 'trow'],
  parse: ({ tsort = '', tq = '', trow = '' }) => {
    const { sort, isDescending, search, row } = tablesCodec.parse({ sort: tsort, q: tq, row: trow })
    return { sort, isDescending, search, row }
  },
  stringify: (view) => {
    const { sort, q, row } = tablesCodec.stringify({ ...view, key: undefined, step: undefined })
    return {
      ...(sort === undefined ? {} : { tsort: sort }),
      ...(q === undefined ? {} : { tq: q }),
      ...(row === undefined ? {} : { trow: row }),
    }
  },
}

/** The order after a click on a column's head: ascending, descending, as logged. */
export function nextSort(
  { sort, isDescending }: Pick<TablesState, 'sort' | 'isDescending'>,
  column: string,
): Pick<TablesState, 'sort' | 'isDescending'> {
  if (sort !== column) return { sort: column, isDescending: false }
  return isDescending ? { sort: undefined, isDescending: false } : { sort, isDescending: true }
}

function parseStep(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}
