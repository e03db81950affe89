// `npm run frameworks`: what PyTorch, Hugging Face's Trainer, Lightning, Keras and scikit-learn log with W&B's own client, read back
// from a server. Not part of `npm test`: the frameworks are more than a gigabyte.
import { join } from 'node:path'
import { root } from './lib/paths.mjs'
import { runInForeground } from './lib/processes.mjs'
import { preparePythonFrameworks } from './lib/python-frameworks.mjs'

console.log('Preparing Python with the frameworks; the first time this takes minutes.')
const frameworks = preparePythonFrameworks()
if ('missing' in frameworks) {
  console.log(`Skipped, because there are no frameworks here: ${frameworks.missing}`)
} else {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const folder = join(root, 'packages', 'server', 'test', 'frameworks')
  const args = ['run', '--config', join(folder, 'vitest.config.ts'), ...process.argv.slice(2)]
  process.exitCode = await runInForeground(process.execPath, [vitest, ...args], {
    ...process.env,
    LOSSLINE_FRAMEWORKS_PYTHON: frameworks.python,
  })
}
