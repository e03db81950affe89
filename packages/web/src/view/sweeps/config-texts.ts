import type { StrictJson, StrictJsonObject, SweepParameterInfo } from '@lossline/protocol'
import { shellWord } from '../text/shell-word.ts'
import { toYaml } from '../text/to-yaml.ts'

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
  const settings = Object.fromEntries(values)
  return {
    json: JSON.stringify(settings, null, 2),
    yaml: toYaml(settings),
    flags: values
      .map(([name, value]) => `--${name}=${shellWord(typeof value === 'string' ? value : JSON.stringify(value))}`)
      .join(' '),
  }
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
