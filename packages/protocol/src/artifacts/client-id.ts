const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
const length = 128

/**
 * A new client id: 128 random characters `a-z0-9`, by which a version or a collection can be referred to before a server
 * has given it an id.
 */
export function generateClientId(): string {
  let id = ''
  const bytes = new Uint8Array(2 * length)
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(bytes)) {
      // 252 is the largest multiple of 36 in a byte; what is above would make some characters likelier.
      if (byte < 252 && id.length < length) id += alphabet[byte % 36]
    }
  }
  return id
}
