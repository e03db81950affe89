import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { onTestFinished, vi } from 'vitest'

/** Gives runs that are started from the environment a folder that goes with the test. @returns the folder. */
export async function stubSettings(settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const directory = await openTemporaryDirectory()
  onTestFinished(() => directory[Symbol.asyncDispose]())
  const all = { MODE: 'offline', DIR: directory.path, SILENT: 'true', CONSOLE: 'off', ...settings }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(`LOSSLINE_${name}`, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  return directory.path
}

/** Makes it impossible to start a run: where its folder would be is a file. */
export async function stubUnusableRun(): Promise<void> {
  const directory = await stubSettings()
  const file = join(directory, 'file')
  await writeFile(file, '')
  vi.stubEnv('LOSSLINE_DIR', file)
}
