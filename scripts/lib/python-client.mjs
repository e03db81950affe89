import { cachePath, writeWhole } from './paths.mjs'
import { checkVenv, prepareVenv } from './python-venv.mjs'

const noteFile = cachePath('python-client.json')
const deadlineMs = 240_000

/**
 * Makes, once, a Python environment with W&B's own client for the tests that need it, and notes for them where it is.
 *
 * @returns {{ python: string } | { missing: string }}
 */
export function preparePythonClient() {
  const given = process.env.LOSSLINE_PYTHON
  if (given) return checkVenv(given)
  const result = prepareVenv(cachePath('python-client'), Date.now() + deadlineMs)
  writeWhole(noteFile, JSON.stringify(result))
  return result
}
