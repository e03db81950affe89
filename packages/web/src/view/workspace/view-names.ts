/** Whether a view is one that somebody saved under a name of its own, not the workspace that belongs to a user. */
export function isSavedView({ name }: { readonly name: string }): boolean {
  return !/^nw-.*-w$/.test(name)
}

/** What stands for a saved view in an address, `?nw=`: W&B's `nw-<id>-v` without its ends. */
export function toViewId(name: string): string {
  return /^nw-(.*)-v$/.exec(name)?.[1] ?? name
}

/** The name of the view that an address stands for. */
export function toViewName(nw: string): string {
  return nw.startsWith('nw-') ? nw : `nw-${nw}-v`
}
