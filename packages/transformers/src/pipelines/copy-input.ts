import { isRawAudioLike, isRawImageLike, isRecord } from '../transformers-like.ts'

/** Copies an input that is to become a row: the caller may use its memory again while the call is under way. */
export function copyInput(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(copyInput)
  if (ArrayBuffer.isView(input)) return structuredClone(input)
  if (isRawImageLike(input)) {
    const { data, width, height, channels } = input
    return { data: data.slice(), width, height, channels }
  }
  if (isRawAudioLike(input)) return { audio: structuredClone(input.audio), sampling_rate: input.sampling_rate }
  const isPlain = isRecord(input) && Object.getPrototypeOf(input) === Object.prototype
  return isPlain ? Object.fromEntries(Object.entries(input).map(([key, value]) => [key, copyInput(value)])) : input
}
