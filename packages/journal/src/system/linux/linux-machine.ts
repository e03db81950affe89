import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { posix } from 'node:path'
import type { Machine } from '../machine.ts'
import { readText } from '../read-text.ts'
import { findControlGroup } from './cgroup.ts'
import {
  parseDiskCounters,
  parseMemoryInfo,
  parseMountedDevices,
  parseNetworkCounters,
  parsePhysicalCoreCount,
  parseThreadCount,
} from './proc-files.ts'

const mebibyte = 2 ** 20

/** What Linux tells in `/proc` and in the control groups: four small files a sample. For tests below another root. */
export function createLinuxMachine(diskPaths: readonly string[], root = '/'): Machine {
  const read = (path: string): string => readText(posix.join(root, path)) ?? ''
  const group = findControlGroup(root)
  const physicalCoreCount = parsePhysicalCoreCount(read('proc/cpuinfo'))
  const disksAtStart = findDisks(root, diskPaths)
  const networkAtStart = parseNetworkCounters(read('proc/net/dev'))

  return {
    cpuCapacity: group.cpuLimit ?? physicalCoreCount ?? Math.max(1, cpus().length),
    physicalCoreCount,
    readMemory() {
      const memory = parseMemoryInfo(read('proc/meminfo'))
      const used = group.memoryLimit === undefined ? undefined : group.readMemoryUse()
      if (memory === undefined || used === undefined || group.memoryLimit === undefined) return memory
      const total = Math.min(memory.total, group.memoryLimit)
      return { total, available: Math.min(memory.available, Math.max(0, total - used)) }
    },
    readCounters(readings) {
      const threadCount = parseThreadCount(read('proc/self/stat'))
      if (threadCount !== undefined) readings.set('proc.cpu.threads', threadCount)
      const network = parseNetworkCounters(read('proc/net/dev'))
      readings.set('network.sent', network.sent - networkAtStart.sent)
      readings.set('network.recv', network.received - networkAtStart.received)
      const disks = parseDiskCounters(read('proc/diskstats'))
      for (const [name, before] of disksAtStart) {
        const now = disks.get(name)
        if (now === undefined) continue
        readings.set(`disk.${name}.in`, (now.received - before.received) / mebibyte)
        readings.set(`disk.${name}.out`, (now.sent - before.sent) / mebibyte)
      }
    },
  }
}

type DiskCounters = ReturnType<typeof parseDiskCounters>

/** The block devices that hold the paths; where none does, as on a container's overlay, all whole disks. */
function findDisks(root: string, paths: readonly string[]): DiskCounters {
  const counters = parseDiskCounters(readText(posix.join(root, 'proc/diskstats')) ?? '')
  const numbers = parseMountedDevices(readText(posix.join(root, 'proc/self/mountinfo')) ?? '', paths)
  const holding = [...counters].filter(([, { number }]) => numbers.has(number))
  if (holding.length > 0) return new Map(holding)
  const wholeDisks = new Set(listWholeDisks(root))
  return new Map([...counters].filter(([name]) => wholeDisks.has(name)))
}

function listWholeDisks(root: string): string[] {
  try {
    return readdirSync(posix.join(root, 'sys/block')).filter((name) => !/^(loop|ram|zram|sr|fd)\d/.test(name))
  } catch {
    return []
  }
}
