import type { EntityMember, EntityResponse, EntityRole } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useServices } from '../../services.ts'
import { ownRoleQuestion, roleChoices, roleLabel } from '../../view/home/roles.ts'
import { AddMember } from './add-member.tsx'
import { RoleSelect } from './role-select.tsx'

/** Who belongs to a team, as what; its admins change that here. */
export function MemberTable({ team }: { readonly team: EntityResponse }): ReactElement {
  const { entity, mayAdmin, members, invites } = team
  const { queryClient, toasts, confirm } = useServices()
  const { data: session } = useQuery(sessionQuery)
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries({ queryKey: ['entity', entity] }))
  const put = (user: string, role: EntityRole): Promise<boolean> =>
    attempt(() => callApi('PUT /api/entities/{entity}/members/{user}', { path: { entity, user }, body: { role } }))
  const change = async (member: EntityMember, role: EntityRole): Promise<void> => {
    const question = member.name === session?.user?.name ? ownRoleQuestion(entity, member.role, role) : undefined
    if (question === undefined || (await confirm.ask(question))) await put(member.name, role)
  }
  const remove = async ({ name, isService }: EntityMember): Promise<void> => {
    const isSure = await confirm.ask({
      title: `Take ${name} out of ${entity}?`,
      text: isService
        ? 'The account of this program and its key are gone. Its runs stay.'
        : `${name} no longer sees what only ${entity} may see. Runs of ${name} stay.`,
      action: 'Take out',
    })
    if (isSure)
      await attempt(() => callApi('DELETE /api/entities/{entity}/members/{user}', { path: { entity, user: name } }))
  }
  return (
    <section aria-labelledby="members-title" className="mt-8">
      <h2 className="mb-2 font-semibold text-lg" id="members-title">
        Members
      </h2>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full">
          <thead className="text-left text-muted">
            <tr>
              <th className="px-4 py-2 font-normal">Name</th>
              <th className="px-4 py-2 font-normal">Role</th>
              {mayAdmin && (
                <th className="px-4 py-2">
                  <span className="sr-only">Take out</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr className="border-line border-t" key={member.name}>
                <td className="px-4 py-1.5">
                  <span className="font-medium">{member.name}</span>
                  {member.name === session?.user?.name && <span className="text-muted"> (you)</span>}
                  {member.isService && <span className="text-muted"> · a program</span>}
                </td>
                <td className="px-4 py-1.5">
                  {mayAdmin ? (
                    <RoleSelect
                      label={`Role of ${member.name}`}
                      onChange={(role) => void change(member, role)}
                      value={member.role}
                    />
                  ) : (
                    roleLabel(member.role)
                  )}
                </td>
                {mayAdmin && (
                  <td className="px-4 py-1.5 text-right">
                    <button
                      aria-label={`Take out ${member.name}`}
                      className="link-text"
                      onClick={() => void remove(member)}
                      type="button"
                    >
                      Take out
                    </button>
                  </td>
                )}
              </tr>
            ))}
            {invites.map(({ email, role }) => (
              <tr className="border-line border-t text-muted" key={email}>
                <td className="px-4 py-1.5">{email}, invited</td>
                <td className="px-4 py-1.5" colSpan={2}>
                  {roleLabel(role)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {members.length === 0 && (
          <p className="px-4 pb-3 text-muted">Nobody yet. Admins of the server see its projects.</p>
        )}
      </div>
      <p className="mt-2 text-muted text-sm">{roleChoices.map(({ label, may }) => `${label}: ${may}`).join(' · ')}</p>
      {mayAdmin ? (
        <AddMember known={members.map(({ name }) => name)} onAdd={put} />
      ) : (
        <p className="mt-2 text-muted text-sm">Admins of the team change who belongs to it.</p>
      )}
    </section>
  )
}
