import type { UserInfo } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { usersQuery } from '../../api/account-queries.ts'
import { callApi } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useServices } from '../../services.ts'
import { formatCount } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { NameField } from '../controls/name-field.tsx'
import { NewKey } from './new-key.tsx'

/** Who has an account, for admins: new people, their role, and the end of an account. */
export function UserTable(): ReactElement {
  const { queryClient, toasts, confirm } = useServices()
  const { data, error, refetch } = useQuery(usersQuery)
  const { data: session } = useQuery(sessionQuery)
  const [name, setName] = useState('')
  const [apiKey, setApiKey] = useState<string>()
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries({ queryKey: usersQuery.queryKey }))
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const isThere = data?.users.some((user) => user.name === name.trim())
    void attempt(async () => {
      if (isThere) throw new Error(`There is a user ${name.trim()} already.`)
      setApiKey((await callApi('PUT /api/admin/users/{user}', { path: { user: name.trim() } })).apiKey)
      setName('')
    })
  }
  const remove = async (user: UserInfo): Promise<void> => {
    const isMeant = await confirm.ask({
      title: `Remove ${user.name}?`,
      text: `The account and its ${formatCount(user.keys.length, 'key')} are gone; projects and runs stay.`,
      action: 'Remove user',
      typed: user.name,
    })
    if (isMeant) await attempt(() => callApi('DELETE /api/admin/users/{user}', { path: { user: user.name } }))
  }
  return (
    <section aria-labelledby="users-title" className="mb-8">
      <h2 className="mb-2 font-semibold text-lg" id="users-title">
        Users
      </h2>
      {error && !data && <Failure error={error} onRetry={refetch} />}
      <div className="mb-3 overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full">
          <thead className="text-left text-muted">
            <tr>
              <th className="px-4 py-2 font-normal">Name</th>
              <th className="px-4 py-2 font-normal">Mail</th>
              <th className="px-4 py-2 font-normal">Teams</th>
              <th className="px-4 py-2 text-right font-normal">Keys</th>
              <th className="px-4 py-2 font-normal">Admin</th>
              <th className="px-4 py-2">
                <span className="sr-only">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data?.users.map((user) => (
              <tr className="border-line border-t" key={user.name}>
                <td className="px-4 py-1.5 font-medium">{user.name}</td>
                <td className="px-4 py-1.5">{user.email || '–'}</td>
                <td className="px-4 py-1.5">{user.teams.map(({ team }) => team).join(', ') || '–'}</td>
                <td className="px-4 py-1.5 text-right">{user.keys.length}</td>
                <td className="px-4 py-1.5">
                  <input
                    aria-label={`${user.name} is an admin`}
                    checked={user.admin}
                    className="accent-accent"
                    // Whoever took it from themselves could not give it back.
                    disabled={user.name === session?.user?.name}
                    onChange={({ target }) =>
                      void attempt(
                        async () =>
                          void (await callApi('PUT /api/admin/users/{user}', {
                            path: { user: user.name },
                            body: { admin: target.checked },
                          })),
                      )
                    }
                    type="checkbox"
                  />
                </td>
                <td className="px-4 py-1.5 text-right">
                  {user.name !== session?.user?.name && (
                    <button
                      aria-label={`Remove ${user.name}`}
                      className="link-text"
                      onClick={() => void remove(user)}
                      type="button"
                    >
                      Remove
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {apiKey !== undefined && <NewKey apiKey={apiKey} onClose={() => setApiKey(undefined)} />}
      <form className="flex flex-wrap items-end gap-2" onSubmit={add}>
        <NameField label="Name of a new user" onChange={setName} value={name} />
        <button className="button" type="submit">
          Add user
        </button>
      </form>
    </section>
  )
}
