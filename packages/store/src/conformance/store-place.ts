import type { Store } from '../store.ts'

/** Where a driver under test keeps a store. Disposing it removes everything. */
export interface StorePlace extends AsyncDisposable {
  /** False: a store opened here again is empty (a memory). */
  readonly isPersistent: boolean
  /** Opens the store. At most one is open at a time. */
  open(): Promise<Store>
}

/** Makes an empty place; called for every case. */
export type CreateStorePlace = () => Promise<StorePlace>

/** An open store with a run in it, closed and removed at disposal. */
export interface TestStore extends AsyncDisposable {
  readonly store: Store
  /** Storage id of the run `r1` of project `e/p`. */
  readonly run: number
  /** Closes and opens again where that keeps the content; elsewhere nothing. */
  reopen(): Promise<void>
}

export const nowMs: number = Date.UTC(2026, 0, 1)

/** Address of a run in the project that the cases use. */
export function at(runId: string): { entity: string; project: string; runId: string } {
  return { entity: 'e', project: 'p', runId }
}

export async function openTestStore(createPlace: CreateStorePlace): Promise<TestStore> {
  const place = await createPlace()
  let store = await place.open()
  const [{ run }] = await store.write([{ kind: 'put-run', at: at('r1'), nowMs, change: {} }])
  return {
    get store() {
      return store
    },
    run: run.id,
    async reopen() {
      if (!place.isPersistent) return
      await store.close()
      store = await place.open()
    },
    async [Symbol.asyncDispose]() {
      await store.close()
      await place[Symbol.asyncDispose]()
    },
  }
}
