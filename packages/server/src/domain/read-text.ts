/** A whole content as UTF-8 text; what is no UTF-8 becomes U+FFFD. */
export async function readText(content: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of content) text += decoder.decode(part, { stream: true })
  return text + decoder.decode()
}
