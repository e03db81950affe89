import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { teamsQuery } from '../../api/account-queries.ts'
import { callApi } from '../../api/client.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useServices } from '../../services.ts'
import { formatCount } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { NameField } from '../controls/name-field.tsx'

/** Teams of this server, for its admins: new ones, and the end of one. Who belongs to one is changed on its page. */
export function TeamList(): ReactElement {
  const { queryClient, toasts, confirm } = useServices()
  const { data, error, refetch } = useQuery(teamsQuery)
  const [name, setName] = useState('')
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries({ queryKey: teamsQuery.queryKey }))
  const add = (event: FormEvent): void => {
    event.preventDefault()
    void attempt(async () => {
      await callApi('PUT /api/admin/teams/{team}', { path: { team: name.trim() } })
      setName('')
    })
  }
  const remove = async (team: string): Promise<void> => {
    const isMeant = await confirm.ask({
      title: `Remove the team ${team}?`,
      text: 'Its members lose their places, and accounts of its programs are gone. Projects and runs stay, and admins of the server see them.',
      action: 'Remove team',
      typed: team,
    })
    if (isMeant) await attempt(() => callApi('DELETE /api/admin/teams/{team}', { path: { team } }))
  }
  return (
    <section aria-labelledby="teams-title" className="mb-8">
      <h2 className="mb-2 font-semibold text-lg" id="teams-title">
        Teams
      </h2>
      {error && !data && <Failure error={error} onRetry={refetch} />}
      <ul className="mb-3 rounded-lg border border-line bg-panel">
        {data?.teams.map((team) => (
          <li
            className="flex flex-wrap items-baseline gap-x-4 border-line border-t px-4 py-2 first:border-t-0"
            key={team.name}
          >
            <Link className="link-text font-medium" params={{ entity: team.name }} to="/$entity">
              {team.name}
            </Link>
            <span className="flex-1 text-muted">{formatCount(team.members.length, 'member')}</span>
            <button
              aria-label={`Remove the team ${team.name}`}
              className="link-text"
              onClick={() => void remove(team.name)}
              type="button"
            >
              Remove
            </button>
          </li>
        ))}
        {data?.teams.length === 0 && (
          <li className="px-4 py-3 text-muted">No team yet. A team owns projects together.</li>
        )}
      </ul>
      <form className="flex flex-wrap items-end gap-2" onSubmit={add}>
        <NameField label="Name of a new team" onChange={setName} value={name} />
        <button className="button" type="submit">
          Add team
        </button>
      </form>
    </section>
  )
}
