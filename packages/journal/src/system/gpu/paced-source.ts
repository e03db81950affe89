import type { EnvironmentRecord } from '@lossline/protocol'
import type { Readings } from '../readings.ts'
import type { GpuSource } from './gpu-source.ts'

// A tool that took a second is asked again after 200: on average it then takes no more than half a percent of a core.
const pauseFactor = 200

export interface CreatePacedSourceOptions {
  readonly environment: EnvironmentRecord
  ask(): Promise<Readings | undefined>
  /** Milliseconds; in tests another clock. */
  nowMs?(): number
}

/** A source whose tool is started for each reading, no more often than its cost allows. */
export function createPacedSource({
  environment,
  ask,
  nowMs = () => performance.now(),
}: CreatePacedSourceOptions): GpuSource {
  let nextAtMs = 0
  return {
    environment,
    async read() {
      const startedAtMs = nowMs()
      if (startedAtMs < nextAtMs) return
      const readings = await ask()
      const tookMs = nowMs() - startedAtMs
      nextAtMs = nowMs() + tookMs * pauseFactor
      return readings
    },
  }
}
