import { isJsonObject, type JsonValue, parseJson, stringifyJson, type WandbRecordBody } from '@lossline/protocol'
import type { Redactor } from './redaction.ts'

type ArtifactBody = WandbRecordBody & { kind: 'artifact' }

/** The record of an artifact whose metadata are without what their names say is secret, as those of a config. */
export function redactMetadata(body: ArtifactBody, redactor: Redactor): ArtifactBody {
  const { name, metadata } = body.artifact
  if (metadata === undefined || metadata === '') return body
  const redacted = redact(parseJson(metadata), [])
  return { ...body, artifact: { ...body.artifact, metadata: stringifyJson(redacted) } }

  function redact(value: JsonValue, path: readonly string[]): JsonValue {
    if (Array.isArray(value)) return value.map((member) => redact(member, path))
    if (!isJsonObject(value)) return redactor.nestedValue(path, value, `artifact ${name}: metadata.${path.join('.')}`)
    // Without a prototype, so that a key named `__proto__` is a key like any other.
    const object: Record<string, JsonValue> = Object.create(null)
    for (const [key, member] of Object.entries(value)) object[key] = redact(member, [...path, key])
    return object
  }
}
