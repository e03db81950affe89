import type { JsonValue } from '@lossline/protocol'

/** Headers that go with an upload, from the server's `Name:value` texts. */
export function parseUploadHeaders(headers: JsonValue | undefined): Record<string, string> {
  const parsed: Record<string, string> = {}
  for (const header of Array.isArray(headers) ? headers : []) {
    const text = String(header)
    const colon = text.indexOf(':')
    if (colon > 0) parsed[text.slice(0, colon)] = text.slice(colon + 1)
  }
  return parsed
}
