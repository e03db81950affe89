let offsetMs = 0

/** Notes the server's time, so that "12 s ago" is right also where the two clocks disagree. */
export function noteServerTime(timeMs: number): void {
  offsetMs = timeMs - Date.now()
}

/** Now, as the server would say. */
export function serverNowMs(): number {
  return Date.now() + offsetMs
}
