import { cpus, freemem, totalmem } from 'node:os'
import { createLinuxMachine } from './linux/linux-machine.ts'
import type { MemoryBytes } from './linux/proc-files.ts'
import type { Readings } from './readings.ts'

/** What the operating system tells about this machine and process beside what Node knows itself. */
export interface Machine {
  /** Processors that the process may use at most, such as 1.5. */
  readonly cpuCapacity: number
  /** Undefined where it is not known. */
  readonly physicalCoreCount: number | undefined
  /** Memory of the machine, or of the control group if that is less. */
  readMemory(): MemoryBytes | undefined
  /** Adds threads, network and disk counters. */
  readCounters(readings: Readings): void
}

/** The machine that this process runs on. */
export function createMachine(diskPaths: readonly string[]): Machine {
  return process.platform === 'linux' ? createLinuxMachine(diskPaths) : createPortableMachine()
}

/** What Node alone can tell, on macOS and Windows. */
function createPortableMachine(): Machine {
  return {
    cpuCapacity: Math.max(1, cpus().length),
    physicalCoreCount: undefined,
    readMemory: () => ({ total: totalmem(), available: freemem() }),
    readCounters() {},
  }
}
