import type { ProjectAddress } from '../../api/queries.ts'

/** Why something is not possible, and who could do it or allow it: the user or team that the project belongs to. */
export function notEditable({ entity }: Pick<ProjectAddress, 'entity'>): string {
  return `You can view this project but not edit it. Ask ${entity} or an admin.`
}

/** Why nothing can be changed by somebody who has signed in with a key that may only read. */
export const keyNotEditable =
  'You signed in with a key that may only read. Sign in with one that may write to change this.'

/** Why nothing can be changed by somebody who has followed a link. */
export const sharedNotEditable = 'This was shared with you to look at. Nothing here can be changed.'
