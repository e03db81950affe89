/** A whole number from 0 to 2³² − 1 that depends on a text alone; texts that are alike get others. Java's `String.hashCode`, by code points. */
export function hashText(text: string): number {
  let hash = 0
  for (const character of text) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0
  return hash
}
