// Preloaded into every process and thread of a test run on packages that were built just before (`--import`). Threads of a package
// whose source is tested load what was built of them: hundreds of files of source are most of what a run costs that logs one row.
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

let isBuilt = false

if (!isMainThread) {
  nodeModule.registerHooks?.({
    resolve(specifier, context, nextResolve) {
      const built = context.parentURL === undefined && findBuilt(specifier)
      if (built) {
        isBuilt = true
        return nextResolve(built, context)
      }
      // What is built loads other packages as they are built too.
      if (!isBuilt) return nextResolve(specifier, context)
      return nextResolve(specifier, { ...context, conditions: context.conditions.filter((name) => name !== 'source') })
    },
  })
}

/** What `bundle.mjs` makes of the source of a thread. */
function findBuilt(url) {
  const built = url.replace(/^(file:.*\/packages\/[^/]+)\/src\/(?:.*\/)?([^/]+)\.ts$/, '$1/dist/$2.js')
  return built !== url && existsSync(fileURLToPath(built)) ? built : undefined
}
