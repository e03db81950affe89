/** Escapes what separates parts: `~` (which encodeURIComponent leaves alone) and `,`. Lone surrogates become U+FFFD. */
export function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('~', '%7E')
}

/** The way back; text that is not valid percent-encoding is taken literally. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
