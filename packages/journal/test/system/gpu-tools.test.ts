import { execFile } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { fieldNames } from '../../src/system/gpu/nvidia-output.ts'

const program = new URL('gpu-child.ts', import.meta.url)
const inventory =
  '<nvidia_smi_log><cuda_version>12.4</cuda_version><gpu id="0"><product_name>A</product_name></gpu></nvidia_smi_log>'

/** A tool that tells about one GPU, and in its loop about it again and again until nobody reads any more. */
function writeTool(directory: TemporaryDirectory, loop: string): { PATH: string } {
  const row = fieldNames.map((field) => (field === 'index' ? '0' : '7')).join(', ')
  const path = directory.join('nvidia-smi')
  writeFileSync(path, `#!/bin/sh\nrow='${row}'\nif [ "$1" = -q ]; then echo '${inventory}'; else ${loop}; fi\n`)
  chmodSync(path, 0o755)
  return { PATH: `${directory.path}:${process.env.PATH}` }
}

describe.skipIf(process.platform === 'win32')('a tool that tells about GPUs', () => {
  test('does not keep the program alive that reads it in its own thread', async () => {
    await using directory = await openTemporaryDirectory()
    const env = writeTool(directory, 'while echo "$row"; do sleep 0.1; done')
    await using child = spawnScript(program, { env })
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    expect(child.stdout).toBe('read 7\n')
  })

  test('that cannot be started for want of files is no error', async () => {
    await using directory = await openTemporaryDirectory()
    const env = { ...process.env, ...writeTool(directory, 'exit 1') }
    const args = [
      '-c',
      'ulimit -n 64; exec "$@"',
      'sh',
      process.execPath,
      '--conditions=source',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(program),
      'no-files',
      inventory,
    ]
    const { stdout } = await promisify(execFile)('sh', args, { env })
    expect(stdout).toBe('opened true undefined\n')
  })
})
