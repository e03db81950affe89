import { posix } from 'node:path'
import { readText } from '../read-text.ts'

/** Limits of the control group that the process is in, in containers and cluster jobs. */
export interface ControlGroup {
  /** Processors that the group may use, such as 1.5; undefined = as many as there are. */
  readonly cpuLimit: number | undefined
  /** Bytes; undefined = as much as there is. */
  readonly memoryLimit: number | undefined
  /** Memory in use by the group without file caches that it would give back, bytes. */
  readMemoryUse(): number | undefined
}

interface ControlFiles {
  readonly cpuFolders: readonly string[]
  readonly memoryFolders: readonly string[]
  readCpuLimit(folder: string): number | undefined
  readMemoryLimit(folder: string): number | undefined
  readonly memoryUseFile: string
  readonly inactiveCacheName: string
}

/** Finds the group of this process, of version 1 or 2; for tests below another root. */
export function findControlGroup(root = '/'): ControlGroup {
  const membership = readText(posix.join(root, 'proc/self/cgroup')) ?? ''
  const files = isUnified(root) ? unifiedFiles(root, membership) : legacyFiles(root, membership)
  const [memoryFolder] = files.memoryFolders
  return {
    cpuLimit: least(files.cpuFolders.map(files.readCpuLimit)),
    memoryLimit: least(files.memoryFolders.map(files.readMemoryLimit)),
    readMemoryUse() {
      const used = memoryFolder === undefined ? undefined : readNumber(posix.join(memoryFolder, files.memoryUseFile))
      if (used === undefined || memoryFolder === undefined) return undefined
      const statistics = readText(posix.join(memoryFolder, 'memory.stat')) ?? ''
      const inactive = new RegExp(`^${files.inactiveCacheName} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0
      return Math.max(0, used - Number(inactive))
    },
  }
}

function isUnified(root: string): boolean {
  return readText(posix.join(root, 'sys/fs/cgroup/cgroup.controllers')) !== undefined
}

function unifiedFiles(root: string, membership: string): ControlFiles {
  const path = /^0::(.*)$/m.exec(membership)?.[1] ?? '/'
  const folders = foldersUpwards(posix.join(root, 'sys/fs/cgroup'), path)
  return {
    cpuFolders: folders,
    memoryFolders: folders,
    readCpuLimit(folder) {
      const [quota, period] = (readText(posix.join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number)
      return toShare(quota, period)
    },
    readMemoryLimit: (folder) => readNumber(posix.join(folder, 'memory.max')),
    memoryUseFile: 'memory.current',
    inactiveCacheName: 'inactive_file',
  }
}

// Version 1 writes "no limit" as a number near 2^63.
const unlimitedBytes = 2 ** 60

function legacyFiles(root: string, membership: string): ControlFiles {
  const foldersOf = (controller: string): readonly string[] => {
    const line = membership.split('\n').find((one) => one.split(':')[1]?.split(',').includes(controller))
    return foldersUpwards(posix.join(root, 'sys/fs/cgroup', controller), line?.split(':').slice(2).join(':') ?? '/')
  }
  return {
    cpuFolders: foldersOf('cpu'),
    memoryFolders: foldersOf('memory'),
    readCpuLimit: (folder) =>
      toShare(readNumber(posix.join(folder, 'cpu.cfs_quota_us')), readNumber(posix.join(folder, 'cpu.cfs_period_us'))),
    readMemoryLimit(folder) {
      const limit = readNumber(posix.join(folder, 'memory.limit_in_bytes'))
      return limit !== undefined && limit < unlimitedBytes ? limit : undefined
    },
    memoryUseFile: 'memory.usage_in_bytes',
    inactiveCacheName: 'total_inactive_file',
  }
}

/**
 * The group's folder and those above it: each may set a limit. A container often sees its own group as the root of the
 * tree while the path still names it as the host does; then only the root is there.
 */
function foldersUpwards(mountPoint: string, path: string): readonly string[] {
  const labels = path.split('/').filter((label) => label !== '' && label !== '..')
  const folders = labels.map((_, index) => posix.join(mountPoint, ...labels.slice(0, labels.length - index)))
  return [...folders, mountPoint].filter((folder) => readText(posix.join(folder, 'cgroup.procs')) !== undefined)
}

function toShare(quota: number | undefined, period: number | undefined): number | undefined {
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined
}

function readNumber(path: string): number | undefined {
  const text = readText(path)?.trim()
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}

function least(limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
