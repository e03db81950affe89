import { parseRunQuery, printRunQuery, type RunQueryNode } from '@lossline/protocol'
import { fromGroup, hasCondition, type QueryGroup, toGroup, toggleCondition } from '../filter/edit-query.ts'
import { archivedTag } from './archive.ts'

/** A condition that is so usual that a button adds and removes it. */
export interface FilterToggle {
  readonly label: string
  readonly condition: RunQueryNode
}

/** @param user - Whose runs "mine" are; undefined where there are no accounts. */
export function filterToggles(user: string | undefined): readonly FilterToggle[] {
  const tags = { namespace: 'auto', name: 'tags' } as const
  const usual: readonly FilterToggle[] = [
    { label: 'Hide crashed', condition: parseRunQuery('state != crashed')! },
    {
      label: 'Hide archived',
      condition: { kind: 'not', of: { kind: 'includes', key: tags, value: archivedTag } },
    },
  ]
  if (user === undefined) return usual
  const isOwn = { kind: 'compare', key: { namespace: 'auto', name: 'user' }, operator: '=', value: user } as const
  return [{ label: 'Only mine', condition: isOwn }, ...usual]
}

/** Whether a query has the condition of a toggle; undefined while it cannot be read. */
export function isToggleOn(query: string, { condition }: FilterToggle): boolean | undefined {
  const root = readGroup(query)
  return root && hasCondition(root, condition)
}

/** The query with the condition, or without it where it has it. One that cannot be read stays as it is. */
export function withToggle(query: string, { condition }: FilterToggle): string {
  const root = readGroup(query)
  if (root === undefined) return query
  const changed = fromGroup(toggleCondition(root, condition))
  return changed === undefined ? '' : printRunQuery(changed)
}

function readGroup(query: string): QueryGroup | undefined {
  try {
    return toGroup(parseRunQuery(query))
  } catch {
    // What is wrong with it is said at the field.
    return undefined
  }
}
