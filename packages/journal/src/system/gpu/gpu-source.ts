import type { EnvironmentRecord } from '@lossline/protocol'
import type { Readings } from '../readings.ts'
import { openAmdSource } from './amd.ts'
import { openAppleSource } from './apple.ts'
import { openNvidiaSource } from './nvidia.ts'
import { createRunTool, type RunTool } from './run-tool.ts'

/** The GPUs of this machine, as a tool of their maker tells about them. */
export interface GpuSource {
  /** What they are. */
  readonly environment: EnvironmentRecord
  /** Readings that are new since the last call, if there are any. Never rejects. */
  read(): Promise<Readings | undefined>
}

export interface OpenGpuSourceOptions {
  readonly intervalMs: number
  /** Ends the tools. */
  readonly signal: AbortSignal
}

/** What the source of one maker's GPUs starts from. */
export interface GpuTools extends OpenGpuSourceOptions {
  readonly runTool: RunTool
}

/** Looks once for the tools that can tell about GPUs. Undefined where there are none, or no GPUs. Never rejects. */
export async function openGpuSource(options: OpenGpuSourceOptions): Promise<GpuSource | undefined> {
  const tools = { ...options, runTool: createRunTool(options.signal) }
  return (await openNvidiaSource(tools)) ?? (await openAmdSource(tools)) ?? (await openAppleSource(tools))
}
