const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Such as `1.5 MB`; a kB is 1,000 bytes. */
export function toByteText(byteCount: number): string {
  let [value, unit] = [byteCount, 0]
  // What would be rounded to 1000.0 is 1.0 of the next unit.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
