import { isObject, type Json, type JsonObject, textAt } from './json.ts'

/** Fields of runs: our names and W&B's. */
const fields: readonly (readonly [ours: string, theirs: string])[] = [
  ['id', 'name'],
  ['name', 'displayName'],
  ['state', 'state'],
  ['user', 'username'],
  ['host', 'host'],
  ['group', 'group'],
  ['jobType', 'jobType'],
  ['sweep', 'sweep'],
  ['created', 'createdAt'],
  ['updated', 'updatedAt'],
  ['runtime', 'duration'],
  ['tags', 'tags'],
]

/** W&B's key `{ section, name }` as `config.lr`, `run.created`; undefined for what runs do not have here. */
export function readRunSetKey(json: Json | undefined): string | undefined {
  const key = isObject(json) ? json : {}
  const name = textAt(key, 'name')
  if (name === undefined) return undefined
  switch (textAt(key, 'section')) {
    case 'config':
      // `optimizer.value.lr` is how it lies in W&B's config.
      return `config.${name.replace(/\.value(?=\.|$)/, '')}`
    case 'summary':
      return `summary.${name}`
    case 'run': {
      const ours = fields.find(([, theirs]) => theirs === name)?.[0]
      return ours && `run.${ours}`
    }
    default:
      return undefined
  }
}

/** The other way round. */
export function writeRunSetKey(key: string): JsonObject | undefined {
  const dot = key.indexOf('.')
  const [section, name] = [key.slice(0, dot), key.slice(dot + 1)]
  if (section === 'config' || section === 'summary') return { section, name }
  const theirs = section === 'run' ? fields.find(([ours]) => ours === name)?.[1] : undefined
  return theirs === undefined ? undefined : { section: 'run', name: theirs }
}

/** As {@link writeRunSetKey}, for groups: W&B looks there for config as it lies, which has `value` behind its first label. */
export function writeGroupingKey(key: string): JsonObject | undefined {
  const theirs = writeRunSetKey(key)
  if (theirs?.section !== 'config') return theirs
  return { ...theirs, name: key.slice('config.'.length).replace(/^[^.]+/, '$&.value') }
}

/** The run id within W&B's `Run:v1:<id>:<project>:<entity>` in base64; anything else is taken for an id. */
export function readRunReference(text: string): string {
  try {
    const parts = atob(text).split(':')
    return parts.length >= 5 && parts[1] === 'v1' ? parts.slice(2, -2).join(':') : text
  } catch {
    return text
  }
}

/** The other way round: of a run of another project, which W&B knows by its whole address; an id stays what it is. */
export function writeRunReference(key: string): string {
  const [entity, project, runId] = key.split('/')
  if (runId === undefined) return key
  return btoa(String.fromCharCode(...new TextEncoder().encode(`Run:v1:${runId}:${project}:${entity}`)))
}
