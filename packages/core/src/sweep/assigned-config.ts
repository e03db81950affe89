import { type ConfigTree, createConfigTree } from '../config/config-tree.ts'
import type { SweepAssignment } from './assignment.ts'

/** What a sweep decides of a run's config. */
export interface AssignedConfig {
  /** A config tree with the sweep's values, which stay as they are. @param values - The others. */
  under(values: object): ConfigTree
}

/**
 * @param overruled - Names of settings that the program gives and the sweep decides, which are said.
 * @param warn - Says what of the program is left out: each setting, and each key of the config once.
 */
export function createAssignedConfig(
  assignment: SweepAssignment | undefined,
  overruled: readonly string[],
  warn: (line: string) => void,
): AssignedConfig {
  const assigned = assignment?.config ?? {}
  const said = new Set<string>()
  const leaveOut = (what: string): void => {
    if (said.has(what)) return
    said.add(what)
    warn(`The sweep decides ${what}; the program's value is left out.`)
  }
  for (const name of overruled) leaveOut(`the setting ${name}`)
  return {
    under(values) {
      const tree = createConfigTree({ ...values, ...assigned })
      tree.lock(Object.keys(assigned), (key) => leaveOut(`config.${key}`))
      return tree
    },
  }
}
