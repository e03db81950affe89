import type { CreateXxh128 } from '../domain/artifacts/digests.ts'

/** In WebAssembly. Loaded when somebody needs it: few clients do. */
export const createXxh128: CreateXxh128 = async () => {
  const { createXXHash128 } = await import('hash-wasm')
  return createXXHash128()
}
