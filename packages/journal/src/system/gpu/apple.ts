import { parseAppleInventory, parseAppleReadings } from './apple-output.ts'
import { findTool } from './find-tool.ts'
import type { GpuSource, GpuTools } from './gpu-source.ts'
import { createPacedSource } from './paced-source.ts'

const sysctlNames = [
  'machdep.cpu.brand_string',
  'hw.model',
  'hw.memsize',
  'hw.perflevel0.physicalcpu',
  'hw.perflevel1.physicalcpu',
  'vm.swapusage',
]
const ioregQuery = ['-r', '-d', '1', '-w', '0', '-c', 'IOAccelerator']

/** The GPU of a Mac, as far as `ioreg` and `sysctl` tell; power and temperature would need the rights of root. */
export async function openAppleSource({ runTool }: GpuTools): Promise<GpuSource | undefined> {
  if (process.platform !== 'darwin') return
  const [ioreg, sysctl] = [findTool('ioreg', ['/usr/sbin']), findTool('sysctl', ['/usr/sbin'])]
  if (ioreg === undefined || sysctl === undefined) return
  // Exits with an error where one of the names is not known, after it has printed the others.
  const facts: string[] = []
  for (const name of sysctlNames) facts.push((await runTool(sysctl, [name])) ?? '')
  const environment = parseAppleInventory(facts.join(''), (await runTool(ioreg, ioregQuery)) ?? '')
  if (environment === undefined) return
  return createPacedSource({
    environment,
    async ask() {
      const output = await runTool(ioreg, ioregQuery)
      return output === undefined ? undefined : parseAppleReadings(output)
    },
  })
}
