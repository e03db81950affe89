import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { type InitOptions, init } from '../src/index.ts'
import { readRun } from './read-run.ts'

/** A run that says nothing about its surroundings, and what is on disk of it in the end. */
export async function openCase(options: InitOptions = {}) {
  const folder = await openTemporaryDirectory()
  const run = await init({
    dir: folder.path,
    reinit: 'createNew',
    silent: true,
    console: 'off',
    disableMetadata: true,
    disableGit: true,
    saveRequirements: false,
    ...options,
  })
  return {
    run,
    read: async () => {
      await run.finish()
      return readRun(folder.path)
    },
    /** Bytes of a file of the run. */
    file: (path: unknown) => readFileSync(join(run.directory, 'files', String(path))),
    async [Symbol.asyncDispose]() {
      await run.finish()
      await folder[Symbol.asyncDispose]()
    },
  }
}
