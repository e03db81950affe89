import { openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { openGpuSource } from '../../src/system/gpu/gpu-source.ts'
import { openNvidiaSource } from '../../src/system/gpu/nvidia.ts'

// Opens the GPUs that the tools on PATH tell about, in this thread, and then has nothing more to do.
const [mode, inventory = ''] = process.argv.slice(2)
const options = { intervalMs: 500, signal: new AbortController().signal }

if (mode === 'no-files') {
  const source = await openNvidiaSource({
    ...options,
    async runTool() {
      takeAllFiles()
      return inventory
    },
  })
  console.log('opened', source !== undefined, await source?.read())
} else {
  // Nothing of the tools keeps this program alive, so something else has to until it has heard from them.
  const timer = setInterval(() => {}, 1000)
  const source = await openGpuSource(options)
  let readings = await source?.read()
  while (source !== undefined && readings === undefined) {
    await setTimeout(20)
    readings = await source.read()
  }
  clearInterval(timer)
  console.log('read', readings?.get('gpu.0.gpu'))
}

function takeAllFiles(): void {
  try {
    for (;;) openSync('/dev/null', 'r')
  } catch {
    // There is not one left.
  }
}
