import type { ModelLike } from '../transformers-like.ts'

/** The tokens that end a text: of the call, else of the model's settings. */
export function endTokensOf(options: Readonly<Record<string, unknown>>, model: ModelLike | undefined): Set<bigint> {
  const ids = options.eos_token_id ?? model?.generation_config?.eos_token_id ?? model?.config?.eos_token_id
  const list = Array.isArray(ids) ? ids : [ids]
  return new Set(list.filter((id) => Number.isSafeInteger(id) || typeof id === 'bigint').map((id) => BigInt(id)))
}
