import { parseAmdInventory, parseAmdReadings } from './amd-output.ts'
import { findTool } from './find-tool.ts'
import type { GpuSource, GpuTools } from './gpu-source.ts'
import { createPacedSource } from './paced-source.ts'

/** AMD's GPUs, by `rocm-smi`: a Python program that takes long to start, so it is asked seldom. */
export async function openAmdSource({ runTool }: GpuTools): Promise<GpuSource | undefined> {
  const path = findTool('rocm-smi', ['/opt/rocm/bin', '/usr/bin'])
  if (path === undefined) return
  const inventory = await runTool(path, ['-a', '--json'])
  const environment = inventory === undefined ? undefined : parseAmdInventory(inventory)
  if (environment === undefined) return
  const query = [
    '--showuse',
    '--showmemuse',
    '--showtemp',
    '--showpower',
    '--showmaxpower',
    '--showmemoverdrive',
    '--json',
  ]
  return createPacedSource({
    environment,
    async ask() {
      const output = await runTool(path, query)
      return output === undefined ? undefined : parseAmdReadings(output)
    },
  })
}
