import { readFileSync } from 'node:fs'
import { workspaceUrl } from './workspace.ts'

/** A Python that can `import wandb`, or why there is none. */
export type PythonClient = { readonly python: string } | { readonly missing: string }

/**
 * Finds the Python interpreter with W&B's own client in it. Never installs anything: `node scripts/python-client.mjs`
 * does that and leaves a note of the result, which is read here. `LOSSLINE_PYTHON` names another interpreter.
 *
 * @example
 * const client = findPythonClient()
 * describe.skipIf('missing' in client)('the Python client', () => {})
 */
export function findPythonClient(): PythonClient {
  const given = process.env.LOSSLINE_PYTHON
  if (given !== undefined && given !== '') return { python: given }
  let note: unknown
  try {
    note = JSON.parse(readFileSync(workspaceUrl('node_modules/.cache/python-client.json'), 'utf8'))
  } catch {
    return { missing: 'not set up; run: node scripts/python-client.mjs' }
  }
  if (typeof note === 'object' && note !== null) {
    if ('python' in note && typeof note.python === 'string') return { python: note.python }
    if ('missing' in note && typeof note.missing === 'string') return { missing: note.missing }
  }
  return { missing: 'its note is damaged; run: node scripts/python-client.mjs' }
}
