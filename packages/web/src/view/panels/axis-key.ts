/** A key of queries from W&B's accessor: `summary:acc`, `config:lr.value`, `run:createdAt`. */
export function fromAccessor(accessor: string | undefined): string | undefined {
  const [, namespace, name] = /^(summary|config|run):(.+)$/.exec(accessor ?? '') ?? []
  if (namespace === undefined || name === undefined) return accessor || undefined
  if (namespace === 'summary') return `summary.${name}`
  if (namespace === 'config') return `config.${name.replace(/^([^.]+)\.value(?=\.|$)/, '$1')}`
  return `run.${runNames[name] ?? name}`
}

/** And back. */
export function toAccessor(key: string): string {
  const [, namespace, name] = /^(summary|config|run)\.(.+)$/.exec(key) ?? []
  if (namespace === undefined || name === undefined) return `summary:${key}`
  if (namespace === 'summary') return `summary:${name}`
  if (namespace === 'config') return `config:${name.replace(/^([^.]+)/, '$1.value')}`
  const wire = Object.keys(runNames).find((one) => runNames[one] === name)
  return `run:${wire ?? name}`
}

/** Fields of runs as W&B and as our queries call them. */
const runNames: Readonly<Record<string, string>> = {
  createdAt: 'created',
  heartbeatAt: 'updated',
  duration: 'runtime',
  username: 'user',
  displayName: 'name',
  name: 'id',
}

/** The key without where it is from. */
export function shortKey(key: string): string {
  return key.replace(/^(?:summary|config|run)\./, '')
}
