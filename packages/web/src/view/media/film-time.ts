/** Of a film that tells nothing yet. */
const usualFrameSeconds = 1 / 30

/** How long a frame is, by the times of those that were shown one after the other: the usual distance. */
export function frameSeconds(shownAtSeconds: readonly number[]): number {
  const distances = shownAtSeconds
    .slice(1)
    .map((time, index) => time - shownAtSeconds[index]!)
    // Going back, staying, and jumps of somebody who looks for a place say nothing.
    .filter((distance) => distance > 1e-4 && distance < 0.5)
    .sort((a, b) => a - b)
  return distances.length < 3 ? usualFrameSeconds : distances[Math.floor(distances.length / 2)]!
}

/** `0:07.25`, `12:00.00`. */
export function formatSeconds(seconds: number): string {
  const rest = (seconds % 60).toFixed(2)
  return `${Math.floor(seconds / 60)}:${rest.padStart(5, '0')}`
}
