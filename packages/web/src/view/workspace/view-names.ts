import type { WorkspaceType } from '@lossline/protocol'
import type { SearchParams } from '../address/url-state.ts'

/** In the address of a workspace: its panels are those of the pages of runs. */
export const runLayoutParams: SearchParams = { layout: 'run' }

/** The view that the address of a workspace names; without a name one's own. */
export function viewOfAddress({ nw, layout }: SearchParams): {
  readonly name: string | undefined
  readonly type: WorkspaceType
} {
  if (layout === runLayoutParams.layout) return { name: undefined, type: 'run-view' }
  return { name: nw === undefined || nw === '' ? undefined : toViewName(nw), type: 'project-view' }
}

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
