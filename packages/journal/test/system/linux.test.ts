import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { findControlGroup } from '../../src/system/linux/cgroup.ts'
import { createLinuxMachine } from '../../src/system/linux/linux-machine.ts'
import { parseMountedDevices, parsePhysicalCoreCount } from '../../src/system/linux/proc-files.ts'
import type { Readings } from '../../src/system/readings.ts'

/** Makes a tree of the files that a kernel would show. */
async function openFakeRoot(files: Readonly<Record<string, string>>) {
  const root = await openTemporaryDirectory()
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(root.join(path)), { recursive: true })
    await writeFile(root.join(path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  return { path: root.path, write, [Symbol.asyncDispose]: () => root[Symbol.asyncDispose]() }
}

const gibibyte = 2 ** 30
const memoryInfo =
  'MemTotal:       16777216 kB\nMemFree:         1048576 kB\nMemAvailable:    8388608 kB\nBuffers: 1 kB\n'

describe('control groups', () => {
  test('version 2: the lowest limit on the way up counts, and file caches are no use', async () => {
    await using root = await openFakeRoot({
      'proc/self/cgroup': '0::/jobs/train\n',
      'sys/fs/cgroup/cgroup.controllers': 'cpu memory\n',
      'sys/fs/cgroup/cgroup.procs': '',
      'sys/fs/cgroup/jobs/cgroup.procs': '',
      'sys/fs/cgroup/jobs/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/jobs/memory.max': `${4 * gibibyte}\n`,
      'sys/fs/cgroup/jobs/train/cgroup.procs': '1\n',
      'sys/fs/cgroup/jobs/train/cpu.max': 'max 100000\n',
      'sys/fs/cgroup/jobs/train/memory.max': 'max\n',
      'sys/fs/cgroup/jobs/train/memory.current': `${3 * gibibyte}\n`,
      'sys/fs/cgroup/jobs/train/memory.stat': `anon 1\ninactive_file ${gibibyte}\nactive_file 5\n`,
    })
    const group = findControlGroup(root.path)
    expect(group).toMatchObject({ cpuLimit: 1.5, memoryLimit: 4 * gibibyte })
    expect(group.readMemoryUse()).toBe(2 * gibibyte)
  })

  test('version 1, in a container that sees its group as the root', async () => {
    await using root = await openFakeRoot({
      'proc/self/cgroup': '9:name=systemd:/docker/abc\n4:memory:/docker/abc\n1:cpu,cpuacct:/docker/abc\n',
      'sys/fs/cgroup/cpu/cgroup.procs': '1\n',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '200000\n',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      'sys/fs/cgroup/memory/cgroup.procs': '1\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': `${gibibyte}\n`,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${gibibyte / 2}\n`,
      'sys/fs/cgroup/memory/memory.stat': `cache 1\ntotal_inactive_file ${gibibyte / 4}\n`,
    })
    const group = findControlGroup(root.path)
    expect(group).toMatchObject({ cpuLimit: 2, memoryLimit: gibibyte })
    expect(group.readMemoryUse()).toBe(gibibyte / 4)
  })

  test('no limits', async () => {
    await using root = await openFakeRoot({
      'proc/self/cgroup': '4:memory:/\n1:cpu:/\n',
      'sys/fs/cgroup/cpu/cgroup.procs': '',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      'sys/fs/cgroup/memory/cgroup.procs': '',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    })
    expect(findControlGroup(root.path)).toMatchObject({ cpuLimit: undefined, memoryLimit: undefined })
    await using nothing = await openFakeRoot({})
    expect(findControlGroup(nothing.path).readMemoryUse()).toBeUndefined()
  })
})

describe('the machine', () => {
  const files = {
    'proc/meminfo': memoryInfo,
    'proc/self/stat': `7 (a) b) c) S 1 ${'0 '.repeat(15)}23 0 99\n`,
    'proc/net/dev':
      'Inter-| Receive\n face |bytes\n    lo: 100 1 0 0 0 0 0 0 100 1 0 0\n  eth0:2000 1 0 0 0 0 0 0 300 1 0 0\n',
    'proc/diskstats':
      ' 259 0 nvme0n1 1 0 2048 0 1 0 4096 0\n 259 1 nvme0n1p1 1 0 2048 0 1 0 4096 0\n   7 0 loop0 1 0 9 0 1 0 9 0\n',
    'proc/self/mountinfo': '27 1 259:1 / / rw - ext4 /dev/nvme0n1p1 rw\n30 27 0:28 / /data rw - nfs host:/data rw\n',
    'sys/block/nvme0n1/size': '1\n',
    'sys/block/loop0/size': '1\n',
  }

  test('threads, and counters since the start', async () => {
    await using root = await openFakeRoot(files)
    const machine = createLinuxMachine(['/'], root.path)
    await root.write('proc/net/dev', files['proc/net/dev'].replace('2000', '5000').replace(' 300 ', ' 310 '))
    await root.write('proc/diskstats', files['proc/diskstats'].replace('p1 1 0 2048', 'p1 1 0 6144'))
    const readings: Readings = new Map()
    machine.readCounters(readings)
    expect(Object.fromEntries(readings)).toEqual({
      'proc.cpu.threads': 23,
      'network.recv': 3000,
      'network.sent': 10,
      'disk.nvme0n1p1.in': 2,
      'disk.nvme0n1p1.out': 0,
    })
    expect(machine.readMemory()).toEqual({ total: 16 * gibibyte, available: 8 * gibibyte })
  })

  test('a path on no block device is answered with all whole disks', async () => {
    await using root = await openFakeRoot(files)
    const readings: Readings = new Map()
    createLinuxMachine(['/data/sets'], root.path).readCounters(readings)
    expect([...readings.keys()].filter((key) => key.startsWith('disk.'))).toEqual([
      'disk.nvme0n1.in',
      'disk.nvme0n1.out',
    ])
  })

  test('a limit of the control group is the whole memory', async () => {
    await using root = await openFakeRoot({
      ...files,
      'proc/self/cgroup': '0::/\n',
      'sys/fs/cgroup/cgroup.controllers': 'memory\n',
      'sys/fs/cgroup/cgroup.procs': '',
      'sys/fs/cgroup/memory.max': `${4 * gibibyte}\n`,
      'sys/fs/cgroup/memory.current': `${gibibyte}\n`,
    })
    expect(createLinuxMachine(['/'], root.path).readMemory()).toEqual({ total: 4 * gibibyte, available: 3 * gibibyte })
  })

  test('a system that shows nothing has no readings, and does not throw', async () => {
    await using root = await openFakeRoot({})
    const readings: Readings = new Map()
    const machine = createLinuxMachine(['/'], root.path)
    machine.readCounters(readings)
    expect(machine.readMemory()).toBeUndefined()
    expect([...readings.keys()]).toEqual(['network.sent', 'network.recv'])
  })

  test('hyper-threads are no cores, and a mount with a space in its name is found', () => {
    const processor = (id: number, core: number) => `processor\t: ${id}\nphysical id\t: 0\ncore id\t\t: ${core}\n`
    expect(parsePhysicalCoreCount([processor(0, 0), processor(1, 1), processor(2, 0)].join('\n'))).toBe(2)
    expect(parsePhysicalCoreCount('processor\t: 0\nBogoMIPS\t: 50\n')).toBeUndefined()
    const mounts = '1 0 8:1 / / rw - ext4 a rw\n2 1 8:2 / /my\\040data rw - ext4 b rw\n'
    expect(parseMountedDevices(mounts, ['/my data/x'])).toEqual(new Set(['8:2']))
  })
})
