/** Keys that somebody has written with commas between them. */
export function splitKeys(text: string): string[] {
  return text.split(',').flatMap((key) => key.trim() || [])
}
