import type { OpenedWorkspaceResponse } from '@lossline/protocol'

/** The name of the workspace that belongs to a user and saves itself. */
export function ownWorkspaceName(username: string): string {
  return `nw-${username}-w`
}

/** Whether what was opened is the workspace of whoever looks at it, which saves itself. */
export function isOwnView({ type, name, username }: OpenedWorkspaceResponse): boolean {
  return type === 'project-view' && (name === '' || name === ownWorkspaceName(username))
}

/** What people call a view that has no name of its own; undefined: one that somebody saved. */
export function usualViewName({ type, name, username }: OpenedWorkspaceResponse): string | undefined {
  if (type === 'run-view') return 'Charts of runs'
  return name === '' || name === ownWorkspaceName(username) ? 'My workspace' : undefined
}
