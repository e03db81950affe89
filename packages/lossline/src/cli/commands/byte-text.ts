const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Such as `1.5 MB`; a kB is 1,000 bytes. */
export function toByteText(byteCount: number): string {
  let [value, unit] = [byteCount, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
