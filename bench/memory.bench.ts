// What the SDK adds to a program's memory: a million rows and ten thousand images, held against the same without it.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory } from '@lossline/testing'
import { report } from './lib/report.ts'

const child = fileURLToPath(new URL('../packages/core/test/programs/memory.ts', import.meta.url))
const sizes = [
  { rowCount: 10_000, imageCount: 100 },
  { rowCount: 1_000_000, imageCount: 10_000 },
]

/** The largest memory of a program, in MiB. */
async function measure(rowCount: number, imageCount: number, sdk: 'with' | 'without'): Promise<number> {
  const directory = await openTemporaryDirectory('lossline-bench-')
  try {
    const args = [child, String(rowCount), String(imageCount), sdk, directory.path]
    const nodeArgs = ['--disable-warning=ExperimentalWarning', ...args]
    return Number(execFileSync(process.execPath, nodeArgs, { encoding: 'utf8' })) / 2 ** 20
  } finally {
    await directory[Symbol.asyncDispose]()
  }
}

const findings = []
for (const { rowCount, imageCount } of sizes) {
  const [withSdk, without] = [
    await measure(rowCount, imageCount, 'with'),
    await measure(rowCount, imageCount, 'without'),
  ]
  findings.push({
    what: `${rowCount.toLocaleString('en')} rows, ${imageCount.toLocaleString('en')} images: memory of the SDK`,
    value: withSdk - without,
    text: `${(withSdk - without).toFixed(0)} MiB (${withSdk.toFixed(0)} with, ${without.toFixed(0)} without)`,
    floor: 128,
    goal: 60,
  })
}
report('memory: largest resident memory of a program that logs, less that of one that does not', findings)
