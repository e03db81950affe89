// Makes rows and small images, and logs them unless the third argument is `without`. Prints its largest memory in bytes.
const [rowCount = '1000', imageCount = '10', sdk = 'with', directory = '.'] = process.argv.slice(2)
const side = 16
const pixels = new Uint8Array(side * side)

type Log = (metrics: object) => void
interface Sdk {
  log: Log
  image(): unknown
  finish(): Promise<void>
}

// The baseline keeps a little of everything, so that it is computed there too.
function openNothing(): Sdk {
  let kept = 0
  return {
    log(metrics) {
      kept += Object.keys(metrics).length
    },
    image: () => pixels.slice(),
    finish: async () => void (kept === 0 && process.exit(1)),
  }
}

async function openSdk(): Promise<Sdk> {
  const { Image, init } = await import('@lossline/core')
  const run = await init({ project: 'memory', dir: directory, silent: true })
  return {
    log: (metrics) => run.log(metrics),
    image: () => new Image(pixels, { width: side, height: side }),
    finish: () => run.finish(),
  }
}

const { log, image, finish } = sdk === 'with' ? await openSdk() : openNothing()
const rowsPerImage = Math.max(1, Math.floor(Number(rowCount) / Math.max(1, Number(imageCount))))
for (let step = 0; step < Number(rowCount); step += 1) {
  const row: Record<string, unknown> = {
    step,
    loss: Math.exp(-step / 1e5),
    accuracy: Math.sin(step),
    rate: 1e-3 / (step + 1),
  }
  if (step % rowsPerImage === 0 && step / rowsPerImage < Number(imageCount)) {
    for (let index = 0; index < pixels.length; index += 1) pixels[index] = (step * 31 + index * 7) & 0xff
    row.sample = image()
  }
  log(row)
  // As a training program does: its event loop turns now and then.
  if (step % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
}
await finish()
process.stdout.write(String(process.resourceUsage().maxRSS * 1024))
