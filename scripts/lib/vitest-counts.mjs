import { relative } from 'node:path'
import { cachePath, root, writeWhole } from './paths.mjs'

/** Where {@link CountReporter} leaves its counts. */
export const countsFile = cachePath('vitest-counts.json')

/**
 * A vitest reporter that counts tests and times files. It writes after every test file, so that a run that crashes or hangs
 * still tells how far it came and which files it was in.
 */
export default class CountReporter {
  counts = { passed: 0, failed: 0, skipped: 0 }
  unfinished = new Set()
  /** Of each file: what it took to load and to run, with the wait for others that keep the machine busy. */
  durationsMs = {}

  onTestModuleQueued(module) {
    this.unfinished.add(relative(root, module.moduleId))
    this.write()
  }

  onTestModuleEnd(module) {
    const file = relative(root, module.moduleId)
    this.unfinished.delete(file)
    const { collectDuration, duration } = module.diagnostic()
    this.durationsMs[file] = Math.round(collectDuration + duration)
    let failedTests = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'failed') failedTests += 1
      this.counts[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1
    }
    // A file that cannot be loaded, or whose hooks fail, may have no test that could.
    if (module.state() === 'failed' && failedTests === 0) this.counts.failed += 1
    this.write()
  }

  onTestRunEnd(_modules, unhandledErrors) {
    this.counts.failed += unhandledErrors.length
    this.write()
  }

  write() {
    const { counts, durationsMs } = this
    writeWhole(countsFile, JSON.stringify({ counts, durationsMs, unfinished: [...this.unfinished] }))
  }
}
