// The block of pictures for control characters, in their order; DEL stands behind it.
const picturesStart = 0x2400
const pictureOfDelete = '\u2421'

/**
 * A text that others have written, as a line for the terminal: control characters, which could rewrite what stands on it, are
 * pictures.
 */
export function toPrintable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(picturesStart + code)
    return code === 0x7f ? pictureOfDelete : '\ufffd'
  })
}
