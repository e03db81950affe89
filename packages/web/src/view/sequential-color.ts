/** Stops of the viridis colour map (CC0, by Nathaniel Smith and Stéfan van der Walt), at even distances. */
const stops = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
]

/** A colour for a share from 0 to 1: darker for less. */
export function sequentialColor(share: number): string {
  const at = Math.max(0, Math.min(1, share)) * (stops.length - 1)
  const [from, to] = [stops[Math.floor(at)]!, stops[Math.ceil(at)]!]
  const part = at - Math.floor(at)
  const channel = (start: number): number => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(start, start + 2), 16)) as [number, number]
    return Math.round(a + (b - a) * part)
  }
  return `rgb(${channel(1)} ${channel(3)} ${channel(5)})`
}
