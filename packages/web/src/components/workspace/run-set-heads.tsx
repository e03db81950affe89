import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { formatNumber } from '../../view/text/format.ts'
import { changeRunSet, isRunSetNameFree } from '../../view/workspace/edit-run-sets.ts'
import { runSetAddress } from '../../view/workspace/run-set-project.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'
import { NameDialog } from './name-dialog.tsx'
import { RunSetMenu } from './run-set-menu.tsx'
import { isOutOfSight } from './runs-refused.tsx'

/** Headings of sets of runs: a switch, a name, how many are drawn. The list of the chosen one stands below its own. */
export function RunSetHeads(props: {
  readonly page: WorkspacePage
  readonly sets: readonly WorkspaceRunSet[]
  readonly onAddProject: () => void
}): ReactElement {
  const { page, sets, onAddProject } = props
  const [renamed, setRenamed] = useState<WorkspaceRunSet>()
  const { runSets } = page.state.workspace
  return (
    <>
      <ul aria-label="Run sets" className="max-h-[35%] shrink-0 overflow-y-auto border-line border-y">
        {sets.map((set) => (
          <RunSetHead key={set.id} onAddProject={onAddProject} onRename={() => setRenamed(set)} page={page} set={set} />
        ))}
      </ul>
      {renamed && (
        <NameDialog
          action="Rename"
          initial={renamed.name}
          label="Name"
          onClose={() => setRenamed(undefined)}
          onDone={(name) => page.store.editRunSets('Rename run set', (all) => changeRunSet(all, renamed.id, { name }))}
          problemOf={(name) => (isRunSetNameFree(runSets, name) ? undefined : 'Another set has this name.')}
          title="Rename the run set"
        />
      )}
    </>
  )
}

function RunSetHead(props: {
  readonly page: WorkspacePage
  readonly set: WorkspaceRunSet
  readonly onRename: () => void
  readonly onAddProject: () => void
}): ReactElement {
  const { page, set } = props
  const { store, chosenId, state, address } = page
  const at = runSetAddress(state.workspace.runSets, set, address)
  const project = isSameProject(at, address) ? undefined : `${at.entity}/${at.project}`
  const name = project === undefined ? set.name : `${set.name}, of ${project}`
  const isChosen = set.id === chosenId
  return (
    <li className={`flex min-h-8.5 items-center gap-1 pr-1.5 pl-1 ${isChosen ? 'bg-selected' : ''}`}>
      <button
        aria-current={isChosen}
        className="flex min-w-0 flex-1 items-center gap-1 self-stretch text-left"
        onClick={() => store.chooseRunSet(set.id)}
        title={isChosen ? name : `Show the runs of ${name}`}
        type="button"
      >
        {isChosen ? (
          <ChevronDown aria-hidden="true" className="shrink-0 text-muted" size={14} />
        ) : (
          <ChevronRight aria-hidden="true" className="shrink-0 text-muted" size={14} />
        )}
        <span className="flex min-w-0 flex-col py-1">
          <span className={`truncate ${isChosen ? 'font-medium' : ''} ${set.isEnabled ? '' : 'text-muted'}`}>
            {set.name}
          </span>
          {project !== undefined && <span className="truncate text-muted text-xs">{project}</span>}
        </span>
        <span className="ml-auto shrink-0 pl-1 text-muted text-sm">{countText(page, set)}</span>
      </button>
      <Switch
        isOn={set.isEnabled}
        label={`Draw the runs of ${set.name}`}
        onChange={(isEnabled) =>
          store.editRunSets(isEnabled ? 'Turn run set on' : 'Turn run set off', (all) =>
            changeRunSet(all, set.id, { isEnabled }),
          )
        }
      />
      <RunSetMenu {...props} />
    </li>
  )
}

/** Also of a set whose runs are drawn for one before it, which has them too. */
function countText({ drawn, chosenId, runs }: WorkspacePage, { id, isEnabled }: WorkspaceRunSet): string {
  if (!isEnabled) return 'Off'
  const found = id === chosenId ? runs : drawn.others.get(id)
  if (found?.total === undefined && found?.error) return isOutOfSight(found.error) ? 'No access' : 'Failed'
  return found?.total === undefined ? '' : `${formatNumber(found.visibleRuns.length)} of ${formatNumber(found.total)}`
}

function Switch(props: {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}): ReactElement {
  const { label, isOn, onChange } = props
  return (
    <button
      aria-checked={isOn}
      aria-label={label}
      className="icon-button w-9 shrink-0"
      onClick={() => onChange(!isOn)}
      role="switch"
      title={isOn ? 'On. Click to draw none of its runs.' : 'Off. Click to draw its runs.'}
      type="button"
    >
      <span
        aria-hidden="true"
        className={`flex h-4 w-7 items-center rounded-full border border-line-strong p-0.5 ${isOn ? 'justify-end bg-accent' : ''}`}
      >
        <span className={`size-2.5 rounded-full ${isOn ? 'bg-panel' : 'bg-muted'}`} />
      </span>
    </button>
  )
}
