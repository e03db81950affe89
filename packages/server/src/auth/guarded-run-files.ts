import type { PlaceQuery, Store } from '@lossline/store'
import type { RunFiles } from '../domain/run-files.ts'
import type { RequireWrite } from './require-write.ts'

/**
 * Files of runs as one asker may see and change them.
 *
 * @param store - Guarded: what it does not find, nobody gets.
 */
export function guardRunFiles(files: RunFiles, store: Store, requireWrite: RequireWrite): RunFiles {
  const isVisible = async (of: PlaceQuery): Promise<boolean> => (await store.place(of)) !== undefined
  return {
    put: async (run, name, content) => {
      await requireWrite({ run })
      return files.put(run, name, content)
    },
    remove: async (run, name) => {
      await requireWrite({ run })
      await files.remove(run, name)
    },
    forget: async (run) => {
      await requireWrite({ run })
      await files.forget(run)
    },
    list: async (run) => ((await isVisible({ run })) ? files.list(run) : []),
    get: async (run, name) => ((await isVisible({ run })) ? files.get(run, name) : undefined),
    async *contents() {
      for await (const content of files.contents()) if (await isVisible({ run: content.run })) yield content
    },
  }
}
