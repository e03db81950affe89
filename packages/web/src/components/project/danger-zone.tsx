import type { ProjectDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactElement, useState } from 'react'
import { callApi } from '../../api/client.ts'
import type { ChangeProjectRequest } from '../../api/operations.gen.ts'
import { statusQuery } from '../../api/queries.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { formatCount } from '../../view/text/format.ts'
import { OverviewSection } from './overview-section.tsx'

const accessChoices: readonly { readonly id: ProjectDetail['access']; readonly label: string }[] = [
  { id: 'private', label: 'Only those to whom it belongs' },
  { id: 'read', label: 'Everybody with an account may read' },
  { id: 'write', label: 'Everybody with an account may read and log' },
]

/** What changes a project for everybody who works with it. */
export function DangerZone({ project }: { readonly project: ProjectDetail }): ReactElement {
  const refusal = useRefusal()
  const { queryClient, toasts, confirm } = useServices()
  const { data: status } = useQuery(statusQuery)
  const navigate = useNavigate()
  const [name, setName] = useState(project.project)
  const path = { entity: project.entity, project: project.project }
  const change = (body: ChangeProjectRequest) => callApi('PATCH /api/projects/{entity}/{project}', { path, body })
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries())
  const rename = (event: FormEvent): void => {
    event.preventDefault()
    void attempt(async () => {
      const { project: renamed } = await change({ project: name.trim() })
      toasts.show(`The project is called ${renamed.project} now`)
      await navigate({ to: '/$entity/$project/overview', params: { entity: renamed.entity, project: renamed.project } })
    })
  }
  const open = (access: ProjectDetail['access']): void =>
    void attempt(async () => {
      await change({ access })
      toasts.show('Access changed', async () => {
        await change({ access: project.access })
        await queryClient.invalidateQueries()
      })
    })
  const remove = async (): Promise<void> => {
    const isMeant = await confirm.ask({
      title: `Delete the project ${project.project}?`,
      text: `${formatCount(project.runCount, 'run')} with their files, its artifacts, views and reports are gone for good. There is no way back but a backup.`,
      action: 'Delete project',
      typed: project.project,
    })
    if (!isMeant) return
    await attempt(async () => {
      await callApi('DELETE /api/projects/{entity}/{project}', { path, body: { confirm: project.project } })
      toasts.show(`Project ${project.project} deleted`)
      await navigate({ to: '/' })
    })
  }
  return (
    <OverviewSection isDangerous title="Danger zone">
      {refusal !== undefined && <p className="mb-3 text-muted">{refusal}</p>}
      <fieldset className="min-w-0" disabled={refusal !== undefined}>
        <form className="flex flex-wrap items-end gap-2" onSubmit={rename}>
          <label className="flex flex-col gap-1">
            Name
            <input
              autoComplete="off"
              className="control w-64 max-w-full"
              onChange={({ target }) => setName(target.value)}
              spellCheck={false}
              type="text"
              value={name}
            />
          </label>
          <button className="button" disabled={name.trim() === '' || name.trim() === project.project} type="submit">
            Rename
          </button>
          <p className="w-full text-muted text-sm">Programs that log under the old name are led to the new one.</p>
        </form>
        {status?.mode === 'keys' && (
          <label className="mt-4 flex flex-col gap-1">
            Access
            <select
              className="control w-96 max-w-full"
              onChange={({ target }) => open(target.value as ProjectDetail['access'])}
              value={project.access}
            >
              {accessChoices.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className="mt-4 border-line border-t pt-4">
          <button className="button danger-button" onClick={() => void remove()} type="button">
            Delete this project
          </button>
        </div>
      </fieldset>
    </OverviewSection>
  )
}
