import type { LogLevelName, LogSearchQuery } from '@lossline/protocol'
import type { AddressCodec } from '../address/address-store.ts'

/** Which lines of the output are shown: those of a stream, or those that name a level. */
export type ShownLines = 'all' | 'stdout' | 'stderr' | LogLevelName
/** What stands before a line. `relative`: since the run began. */
export type LineTimes = 'off' | 'relative' | 'absolute'

/** What the output of a run shows. */
export interface LogState {
  /** `q`: what is searched for. */
  readonly search: string
  /** `re`: it is a pattern. */
  readonly isPattern: boolean
  /** `show`. */
  readonly show: ShownLines
  /** `label`: only lines of this writer; empty: of all. */
  readonly label: string
  /** `hits`: lines that were not found are left out, but for so many around each that was. */
  readonly context: number | undefined
  /** `time`. */
  readonly times: LineTimes
  /** `wrap`: long lines are broken. */
  readonly isWrapped: boolean
  /** `raw`: also what a program has written over. */
  readonly isRaw: boolean
}

/** Lines around a hit that can be chosen. */
export const contextChoices: readonly number[] = [0, 2, 10]

/** In words, in the order in which they are offered. */
export const shownLines: readonly (readonly [ShownLines, string])[] = [
  ['all', 'stdout and stderr'],
  ['stdout', 'stdout'],
  ['stderr', 'stderr'],
  ['problem', 'Warnings and errors'],
  ['error', 'Errors'],
  ['warning', 'Warnings'],
  ['info', 'Information'],
  ['debug', 'Debugging'],
]
const times: readonly LineTimes[] = ['off', 'relative', 'absolute']

/** How it stands in the address. */
export const logCodec: AddressCodec<LogState> = {
  keys: ['q', 're', 'show', 'label', 'hits', 'time', 'wrap', 'raw'],
  parse: (params) => ({
    search: params.q ?? '',
    isPattern: params.re === '1',
    show: shownLines.find(([one]) => one === params.show)?.[0] ?? 'all',
    label: params.label ?? '',
    context: contextChoices.find((count) => String(count) === params.hits),
    times: times.find((one) => one === params.time) ?? 'off',
    isWrapped: params.wrap === '1',
    isRaw: params.raw === '1',
  }),
  stringify: (state) => ({
    ...(state.search === '' ? {} : { q: state.search }),
    ...(state.isPattern ? { re: '1' } : {}),
    ...(state.show === 'all' ? {} : { show: state.show }),
    ...(state.label === '' ? {} : { label: state.label }),
    ...(state.context === undefined ? {} : { hits: String(state.context) }),
    ...(state.times === 'off' ? {} : { time: state.times }),
    ...(state.isWrapped ? { wrap: '1' } : {}),
    ...(state.isRaw ? { raw: '1' } : {}),
  }),
}

/** What the server is asked for the lines that are shown at all; undefined: all of them. */
export function filterQuery({ show, label }: LogState): LogSearchQuery | undefined {
  if (show === 'all' && label === '') return undefined
  return {
    ...(show === 'stdout' || show === 'stderr' ? { stream: show } : show === 'all' ? {} : { names: show }),
    ...(label === '' ? {} : { label }),
  }
}

/** What the server is asked for the lines that are searched for, among those that are shown; undefined: none is. */
export function hitQuery(state: LogState): LogSearchQuery | undefined {
  if (state.search === '') return undefined
  return { ...filterQuery(state), text: state.search, ...(state.isPattern ? { isPattern: true } : {}) }
}

/** The line of an address like `#L1200`, from 0; undefined without one. */
export function lineOfHash(hash: string): number | undefined {
  const number = /^#?L(\d{1,15})$/.exec(hash)?.[1]
  return number === undefined || Number(number) < 1 ? undefined : Number(number) - 1
}

/** The other way. */
export function hashOfLine(number: number): string {
  return `L${number + 1}`
}
