/** Times on the wire carry their zone. */
export function toIsoTime(timeMs: number): string {
  return new Date(timeMs).toISOString()
}
