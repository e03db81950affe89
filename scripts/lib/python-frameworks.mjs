import { cachePath } from './paths.mjs'
import { pip, prepareVenv, run } from './python-venv.mjs'

const deadlineMs = 20 * 60_000

// A version of PyTorch, because indices that have builds without CUDA offer them beside larger ones of the same number.
const packages = [
  ['torch==2.13.0'],
  ['numpy', 'pillow', 'matplotlib', 'pandas', 'scikit-learn'],
  ['transformers', 'accelerate', 'lightning', 'keras'],
]
const modules = 'torch, numpy, PIL, matplotlib, pandas, sklearn, transformers, accelerate, lightning, keras'

/**
 * Makes, once, a Python environment with W&B's client and the frameworks that log with it.
 *
 * @returns {{ python: string } | { missing: string }}
 */
export function preparePythonFrameworks() {
  const deadline = Date.now() + deadlineMs
  const client = prepareVenv(cachePath('python-frameworks'), deadline)
  if ('missing' in client || hasFrameworks(client.python, deadline)) return client
  for (const names of packages) {
    const { isFine, lastLine } = pip(client.python, names, deadline)
    if (!isFine) return { missing: `pip cannot install ${names.join(', ')}: ${lastLine}` }
  }
  if (hasFrameworks(client.python, deadline)) return client
  return { missing: `the frameworks are installed but cannot be imported: ${modules}` }
}

function hasFrameworks(python, deadline) {
  // Whether they are there, without loading any of them, which takes half a minute.
  const isThere = `from importlib.util import find_spec; assert all(map(find_spec, "${modules}".split(", ")))`
  return run(python, ['-c', isThere], deadline).isFine
}
