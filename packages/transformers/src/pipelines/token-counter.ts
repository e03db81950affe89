import { type Shadowing, shadowMethod } from '@lossline/core/adapter'
import { isTensorLike } from '../transformers-like.ts'

/** Counts the tokens of inputs, without tokenizing them once more. */
export interface TokenCounter {
  /** Runs the part of a call before its first `await`, and counts the tokens that are made in it. */
  during<Result>(act: () => Result): { readonly result: Result; readonly tokenCount: number | undefined }
  undo(): void
}

/** Watches a tokenizer, if there is one. */
export function createTokenCounter(tokenizer: object | null | undefined): TokenCounter {
  let tokenCount: number | undefined
  let isCounting = false
  const shadowing: Shadowing | undefined = tokenizer
    ? shadowMethod(tokenizer, '_call', 'transformers-tokens', (call) => {
        return function (...args) {
          const encoded: unknown = Reflect.apply(call, this, args)
          if (isCounting) tokenCount = (tokenCount ?? 0) + countTokens(encoded)
          return encoded
        }
      })
    : undefined
  return {
    during(act) {
      tokenCount = undefined
      isCounting = true
      try {
        const result = act()
        return { result, tokenCount }
      } finally {
        isCounting = false
      }
    },
    undo: () => shadowing?.undo(),
  }
}

/** Tokens of all inputs without the padding, which the attention mask leaves out. */
function countTokens(encoded: unknown): number {
  if (typeof encoded !== 'object' || encoded === null) return 0
  const { attention_mask: mask, input_ids: ids } = encoded as { attention_mask?: unknown; input_ids?: unknown }
  if (isTensorLike(mask)) {
    // Tensors of transformers.js are proxies, which are slow to ask.
    const { data } = mask
    let count = 0
    for (let index = 0; index < data.length; index += 1) count += Number(data[index])
    return count
  }
  return isTensorLike(ids) ? ids.dims.reduce((product, length) => product * length, 1) : 0
}
