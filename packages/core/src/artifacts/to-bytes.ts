import { describeValue } from '../values/describe-value.ts'
import type { ArtifactError } from './artifact-error.ts'
import { invalid } from './artifact-options.ts'

/** The bytes of a content; a text is UTF-8. @throws {@link ArtifactError} `artifact-invalid` */
export function toBytes(call: string, content: unknown): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  if (content instanceof ArrayBuffer) return new Uint8Array(content)
  if (content instanceof Uint8Array) return content
  throw invalid(
    `${call} takes a Uint8Array, an ArrayBuffer or a text, not ${describeValue(content)}.`,
    "Write objects as JSON.stringify(object), and numbers as their typed array's buffer.",
  )
}
