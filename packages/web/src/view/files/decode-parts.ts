/** The text of parts of a file, in order. A character may begin in one part and end in the next; one that is cut at the end waits. */
export function decodeParts(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return parts.map((part) => decoder.decode(part, { stream: true })).join('')
}
