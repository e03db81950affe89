import type { Finding } from './finding.ts'

/** Node 22 from 22.18 on, or 24 and later: see `engines` in package.json. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major >= 24 || (major === 22 && minor >= 18)) return { subject: 'node', status: 'ok', detail: version }
  return { subject: 'node', status: 'problem', detail: `${version} is too old`, hint: 'Install Node 22.18 or later.' }
}
