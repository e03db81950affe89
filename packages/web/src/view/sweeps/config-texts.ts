import type { StrictJson, StrictJsonObject, SweepParameterInfo } from '@lossline/protocol'

/** What a run was given for the parameters of its sweep, by their names; missing ones are left out. */
export function chosenValues(
  config: StrictJsonObject,
  parameters: readonly Pick<SweepParameterInfo, 'name'>[],
): readonly (readonly [name: string, value: StrictJson])[] {
  return parameters.flatMap(({ name }) => {
    const value = valueAt(config, name.split('.'))
    return value === undefined ? [] : [[name, value] as const]
  })
}

/** The values in the three forms in which programs take them. */
export function configTexts(values: ReturnType<typeof chosenValues>): {
  readonly json: string
  readonly yaml: string
  readonly flags: string
} {
  return {
    json: JSON.stringify(Object.fromEntries(values), null, 2),
    // JSON is YAML too, value by value.
    yaml: values
      .map(([name, value]) => `${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join('\n'),
    flags: values
      .map(([name, value]) => `--${name}=${quoted(typeof value === 'string' ? value : JSON.stringify(value))}`)
      .join(' '),
  }
}

function quoted(text: string): string {
  return /^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** Labels may hold dots: the longest literal one goes first. */
function valueAt(tree: StrictJson | undefined, parts: readonly string[]): StrictJson | undefined {
  if (parts.length === 0) return tree
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return undefined
  const object = tree as StrictJsonObject
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.')
    if (!Object.hasOwn(object, key)) continue
    const found = valueAt(object[key], parts.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}
