/** Bytes that a device has moved since the machine started. */
export interface DeviceBytes {
  readonly received: number
  readonly sent: number
}

/** Main memory, bytes. */
export interface MemoryBytes {
  readonly total: number
  readonly available: number
}

// The kernel counts in sectors of 512 bytes whatever the disk's own are (Documentation/admin-guide/iostats.rst).
const sectorBytes = 512

/** Number of threads, from `/proc/<pid>/stat`. */
export function parseThreadCount(text: string): number | undefined {
  // The second field is the program's name, which may hold spaces and brackets; the 20th is the number of threads.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return toCount(fields[17])
}

/** Total and available memory, from `/proc/meminfo`. */
export function parseMemoryInfo(text: string): MemoryBytes | undefined {
  const total = readKibibytes(text, 'MemTotal')
  // Kernels before 3.14 do not estimate what is available.
  const available = readKibibytes(text, 'MemAvailable') ?? readKibibytes(text, 'MemFree')
  return total === undefined || available === undefined ? undefined : { total, available }
}

/** Bytes read (`received`) and written (`sent`) by block device, from `/proc/diskstats`, under `major:minor` and its name. */
export function parseDiskCounters(text: string): Map<string, DeviceBytes & { readonly number: string }> {
  const counters = new Map<string, DeviceBytes & { readonly number: string }>()
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/)
    const [major, minor, name] = fields
    const [read, written] = [toCount(fields[5]), toCount(fields[9])]
    if (name === undefined || read === undefined || written === undefined) continue
    counters.set(name, { number: `${major}:${minor}`, received: read * sectorBytes, sent: written * sectorBytes })
  }
  return counters
}

/** Bytes received and sent over all interfaces, from `/proc/net/dev`. */
export function parseNetworkCounters(text: string): DeviceBytes {
  let received = 0
  let sent = 0
  for (const line of text.split('\n').slice(2)) {
    const fields = line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(/\s+/)
    received += toCount(fields[0]) ?? 0
    sent += toCount(fields[8]) ?? 0
  }
  return { received, sent }
}

/** Number of the device (`major:minor`) that holds each path, from `/proc/self/mountinfo`. */
export function parseMountedDevices(text: string, paths: readonly string[]): Set<string> {
  const mounts = text.split('\n').flatMap((line) => {
    const [, , number, , point] = line.split(' ')
    return number === undefined || point === undefined ? [] : [{ number, point: unescapeOctal(point) }]
  })
  const numbers = new Set<string>()
  for (const path of paths) {
    const holders = mounts.filter(({ point }) => point === '/' || path === point || path.startsWith(`${point}/`))
    // Of two mounts on one point the later one is on top.
    const nearest = holders.reduce<(typeof holders)[0] | undefined>(
      (best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best),
      undefined,
    )
    if (nearest !== undefined) numbers.add(nearest.number)
  }
  return numbers
}

/** Number of physical cores, from `/proc/cpuinfo`; undefined where it does not say (virtual machines, ARM). */
export function parsePhysicalCoreCount(text: string): number | undefined {
  const cores = new Set<string>()
  for (const processor of text.split('\n\n')) {
    const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1]
    const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1]
    if (core !== undefined) cores.add(`${socket ?? 0}/${core}`)
  }
  return cores.size === 0 ? undefined : cores.size
}

function readKibibytes(text: string, name: string): number | undefined {
  const digits = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits) * 1024
}

function toCount(field: string | undefined): number | undefined {
  return field !== undefined && /^\d+$/.test(field) ? Number(field) : undefined
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
