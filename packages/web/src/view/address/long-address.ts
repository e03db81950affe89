import type { SearchParams } from './url-state.ts'

/** Longer query strings are kept by the server: mail programs cut them, and servers refuse those of some thousand characters. */
export const queryLengthMax = 1500
/** The key that stands for all others. */
const key = 'v'
/** An address that changes while somebody drags a slider is shortened when it has come to rest. */
const restMs = 500

/** What short addresses stand for, as far as this page has seen it. */
const known = new Map<string, SearchParams>()

/** A query in which `v` stands for others, with those in its place, if they are known; what else it says holds before them. */
export function withKnownState(params: SearchParams): SearchParams {
  const state = params[key] === undefined ? undefined : known.get(params[key])
  if (state === undefined) return params
  const { [key]: _, ...others } = params
  return { ...state, ...others }
}

/** Where states of long addresses are kept, and the address bar. */
export interface LongAddressPorts {
  save(state: SearchParams): Promise<string>
  /** Undefined: nothing is kept under this digest. */
  read(hash: string): Promise<SearchParams | undefined>
  /** What the page is at: a query as text, with its question mark. */
  query(): string
  /** Lets the page be at another query, without a new entry in the history. */
  goTo(params: SearchParams): void
  /** Lets the address bar say another query; the page stays where it is. */
  show(params: SearchParams): void
  parse(query: string): SearchParams
}

/** Keeps addresses short. */
export interface LongAddresses {
  /** To be called whenever the page is at another address. */
  settle(): void
  /** Gives the page the state that its address stands for. Resolves when that is so, or cannot be. */
  open(): Promise<void>
}

/** Failures leave addresses as they are: long ones work as well, mostly. */
export function createLongAddresses(ports: LongAddressPorts): LongAddresses {
  let timer: ReturnType<typeof setTimeout> | undefined
  const shorten = async (): Promise<void> => {
    const query = ports.query()
    const state = ports.parse(query)
    try {
      const hash = await ports.save(state)
      known.set(hash, state)
      if (ports.query() === query) ports.show({ [key]: hash })
    } catch {}
  }
  return {
    settle() {
      clearTimeout(timer)
      if (ports.query().length > queryLengthMax) timer = setTimeout(() => void shorten(), restMs)
    },
    async open() {
      const query = ports.query()
      const params = ports.parse(query)
      const hash = params[key]
      if (hash === undefined) return
      const state = await ports.read(hash).catch(() => undefined)
      if (state === undefined) return
      known.set(hash, state)
      if (ports.query() === query) ports.goTo(withKnownState(params))
    },
  }
}
