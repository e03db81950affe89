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
  if (isTensorLike(mask)) return sumOfFlags(mask.data)
  return isTensorLike(ids) ? ids.dims.reduce((product, length) => product * length, 1) : 0
}

/** Of zeros and ones. Reading 64-bit integers one by one would make an object of each; the halves of a one sum up to one too. */
function sumOfFlags(flags: ArrayLike<number | bigint>): number {
  const words =
    flags instanceof BigInt64Array ? new Int32Array(flags.buffer, flags.byteOffset, flags.length * 2) : flags
  let sum = 0
  for (let index = 0; index < words.length; index += 1) sum += Number(words[index])
  return sum
}
