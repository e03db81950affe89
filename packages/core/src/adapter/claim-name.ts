const namesInUse = new WeakMap<object, Set<string>>()

/**
 * Gives what an adapter watches a name of its own in a run, for its keys: two of them must not mix their rows.
 *
 * @returns the wanted name, or with `-2`, `-3`, … what nobody has yet.
 */
export function claimName(run: object, wanted: string): string {
  const names = namesInUse.get(run) ?? new Set<string>()
  namesInUse.set(run, names)
  let name = wanted
  for (let number = 2; names.has(name); number += 1) name = `${wanted}-${number}`
  names.add(name)
  return name
}
