export { describeStore } from './describe-store.ts'
export type { CreateStorePlace, StorePlace } from './store-place.ts'
