// Uses each packed adapter with the oldest and the newest release of its frameworks that its peer range allows and the registry has,
// in a project of its own. Not part of `npm test`: it installs several hundred megabytes a case.
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  adapters,
  checkTypes,
  installConsumer,
  modelFolder,
  openScratch,
  pack,
  publicPackages,
  runOrThrow,
} from './lib/packing.mjs'

const ends = {
  oldest: (range) => /\d+\.\d+\.\d+/.exec(range)[0],
  newest: (range) => range,
}
const scratch = openScratch()
const tarballs = join(scratch.directory, 'tarballs')
mkdirSync(tarballs)
let failedCount = 0

async function checkCase(adapter, end, packed) {
  const directory = join(scratch.directory, `${basename(adapter.folder)}-${end}`)
  const others = Object.fromEntries(adapter.frameworks.map(({ name, range }) => [name, ends[end](range)]))
  await installConsumer(directory, packed, ['lossline', adapter.name], others)
  await checkTypes(directory, adapter.program, { skipLibCheck: true })
  return runOrThrow('The program', process.execPath, [basename(adapter.program), modelFolder], { cwd: directory })
}

try {
  const packed = []
  for (const one of publicPackages()) packed.push(await pack(one, tarballs))
  const wanted = process.argv.slice(2)
  for (const adapter of adapters().filter(({ folder }) => wanted.length === 0 || wanted.includes(basename(folder)))) {
    for (const end of Object.keys(ends)) {
      try {
        const output = await checkCase(adapter, end, packed)
        console.log(`✓ ${adapter.name}, ${end}: ${output.trim().split('\n').at(-1)}`)
      } catch (error) {
        failedCount += 1
        console.log(`✗ ${adapter.name}, ${end}: ${error.message}`)
      }
    }
  }
} finally {
  scratch.close()
}
process.exitCode = failedCount > 0 ? 1 : 0
