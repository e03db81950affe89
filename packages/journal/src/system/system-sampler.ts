import { createMachine, type Machine } from './machine.ts'
import type { Readings } from './readings.ts'
import { createThreadFactsReader, type SharedThreadFacts } from './thread-facts.ts'

/** Reads processor, memory, network and the training thread's state. Synchronous, a fraction of a millisecond. */
export interface SystemSampler {
  readonly machine: Machine
  sample(timeMs: number): Readings
}

const mebibyte = 2 ** 20

/** @param threadFacts - What the training thread shares; without it there is nothing about its heap and event loop. */
export function createSystemSampler(
  diskPaths: readonly string[],
  threadFacts: SharedThreadFacts | undefined,
): SystemSampler {
  const machine = createMachine(diskPaths)
  const thread = threadFacts === undefined ? undefined : createThreadFactsReader(threadFacts)
  // The first sample tells what the process has used since it started.
  let before = { cpuMs: 0, uptimeMs: 0 }

  function readProcessor(readings: Readings): void {
    const { user, system } = process.cpuUsage()
    const now = { cpuMs: (user + system) / 1000, uptimeMs: process.uptime() * 1000 }
    const passedMs = now.uptimeMs - before.uptimeMs
    if (passedMs > 0) {
      readings.set('cpu', (100 * (now.cpuMs - before.cpuMs)) / passedMs / machine.cpuCapacity)
    }
    before = now
  }

  function readMemory(readings: Readings): void {
    const memory = machine.readMemory()
    const residentBytes = process.memoryUsage.rss()
    readings.set('proc.memory.rssMB', residentBytes / mebibyte)
    if (memory === undefined) return
    readings.set('memory_percent', (100 * (memory.total - memory.available)) / memory.total)
    readings.set('proc.memory.availableMB', memory.available / mebibyte)
    readings.set('proc.memory.percent', (100 * residentBytes) / memory.total)
  }

  return {
    machine,
    sample(timeMs) {
      const readings: Readings = new Map()
      readProcessor(readings)
      readMemory(readings)
      machine.readCounters(readings)
      thread?.read(readings, timeMs)
      return readings
    },
  }
}
