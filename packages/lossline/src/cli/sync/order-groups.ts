/** Runs that are sent one after the other, and the runs that have to be on the server before them. */
export interface RunGroup<Item> {
  readonly runId: string
  /** The run from which this one was forked; undefined if it was not. */
  readonly parentId: string | undefined
  readonly items: readonly Item[]
}

/** Puts each fork behind the run that it was forked from, if that one is here; otherwise the order stays. */
export function parentsFirst<Item>(groups: readonly RunGroup<Item>[]): RunGroup<Item>[] {
  const byId = new Map(groups.map((group) => [group.runId, group]))
  const ordered = new Set<RunGroup<Item>>()
  function add(group: RunGroup<Item>, below: ReadonlySet<string>): void {
    const parent = group.parentId === undefined ? undefined : byId.get(group.parentId)
    // Forks of each other are damage; any order is as good then.
    if (parent !== undefined && !below.has(parent.runId)) add(parent, new Set([...below, group.runId]))
    ordered.add(group)
  }
  for (const group of groups) add(group, new Set())
  return [...ordered]
}
