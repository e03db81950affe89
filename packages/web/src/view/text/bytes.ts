const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes as `17 B`, `1.2 kB`, `406 MB`: units of 1,000, as file managers and disks count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let value = bytes
  let unit = -1
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
