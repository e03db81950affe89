import type { EntityRole } from '@lossline/protocol'
import type { ConfirmQuestion } from '../shell/confirm-store.ts'

/** Roles as people choose them, the weakest first. */
export const roleChoices: readonly { readonly role: EntityRole; readonly label: string; readonly may: string }[] = [
  { role: 'reader', label: 'Reader', may: 'sees projects and runs' },
  { role: 'member', label: 'Member', may: 'also logs and changes them' },
  { role: 'admin', label: 'Admin', may: 'also says who belongs to the team' },
]

/** What a role is called. */
export function roleLabel(role: EntityRole): string {
  return roleChoices.find((choice) => choice.role === role)?.label ?? role
}

/** What is asked before somebody changes their own role in a team; undefined: nothing is lost by it. */
export function ownRoleQuestion(team: string, before: EntityRole, after: EntityRole): ConfirmQuestion | undefined {
  if (before !== 'admin' || after === 'admin') return undefined
  return {
    title: `Give up your role of admin in ${team}?`,
    text: `You become a ${roleLabel(after).toLowerCase()} of it. Only admins of ${team} or of the server can make you an admin again.`,
    action: 'Change my role',
  }
}
