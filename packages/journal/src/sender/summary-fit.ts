import { isAutomaticKey, isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '@lossline/protocol'

/** A summary without what made it too large. */
export interface FittedSummary {
  readonly json: string
  /** Paths of the values that were left out, the largest first. */
  readonly leftOut: readonly (readonly string[])[]
}

interface Member {
  readonly parent: Record<string, JsonValue | undefined>
  readonly path: readonly string[]
  readonly bytes: number
}

/**
 * Leaves the largest values out until the rest takes at most `bytesMax`. What the writer itself adds stays.
 *
 * @param summary - Is changed.
 */
export function fitSummary(summary: JsonObject, bytesMax: number): FittedSummary {
  const largestFirst = membersOf(summary, []).sort((a, b) => b.bytes - a.bytes)
  let bytes = Buffer.byteLength(stringifyJson(summary))
  const leftOut: (readonly string[])[] = []
  for (const member of largestFirst) {
    if (bytes <= bytesMax) break
    delete member.parent[member.path.at(-1) as string]
    bytes -= member.bytes
    leftOut.push(member.path)
  }
  // Else nothing is left but objects without members, whose own keys are too large.
  const rest = bytes <= bytesMax ? summary : Object.fromEntries(Object.entries(summary).filter(([key]) => isOwn(key)))
  return { json: stringifyJson(rest), leftOut }
}

/** The values that can be left out by themselves. Of an image or another object with a type, no part is worth anything. */
function membersOf(parent: JsonObject, above: readonly string[]): Member[] {
  return Object.entries(parent).flatMap(([label, value]) => {
    if (value === undefined || (above.length === 0 && isOwn(label))) return []
    const path = [...above, label]
    if (isJsonObject(value) && value._type === undefined) return membersOf(value, path)
    // The comma may be another one's.
    const bytes = Buffer.byteLength(JSON.stringify(label)) + 1 + Buffer.byteLength(stringifyJson(value))
    return [{ parent, path, bytes }]
  })
}

function isOwn(key: string): boolean {
  return key === '_wandb' || isAutomaticKey(key)
}
