import type { RunDetail } from '@lossline/protocol'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, ChartLine, Copy, Ellipsis, FolderOutput, Play, Trash2 } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRunActions } from '../../hooks/runs/use-run-actions.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { copyText } from '../../view/browser/clipboard.ts'
import { resumeCommand } from '../../view/run/restart.ts'
import { toWorkspaceSearch } from '../../view/run/to-workspace.ts'
import { archivedTag, isArchived } from '../../view/runs/archive.ts'
import { parseSearchText } from '../../view/text/search-text.ts'
import { toYaml } from '../../view/text/to-yaml.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { menuItemClass } from '../shell/menu-item.tsx'
import { MoveRunDialog } from './move-run-dialog.tsx'

/** What can be done with a run, beside stopping it. What whoever looks may not do is shown, with the reason. */
export function RunActionsMenu(props: { readonly address: ProjectAddress; readonly run: RunDetail }): ReactElement {
  const { address, run } = props
  const actions = useRunActions(address)
  const refusal = useRefusal()
  const navigate = useNavigate()
  const { toasts } = useServices()
  const search = parseSearchText(useLocation({ select: ({ searchStr }) => searchStr }))
  const [isMoving, setIsMoving] = useState(false)
  const copy = (what: string, text: string): void => {
    void copyText(text).then(() => toasts.show(`${what} was copied`))
  }
  const command = resumeCommand(run, location.origin)
  const discard = async (): Promise<void> => {
    if (await actions.discard({ runIds: [run.runId] }, 1)) await navigate({ to: '/$entity/$project', params: address })
  }
  const move = async (project: string): Promise<void> => {
    if (!(await actions.move([run.runId], project))) return
    const params = { entity: address.entity, project, runId: run.runId }
    await navigate({ to: '/$entity/$project/runs/$runId', params })
  }
  return (
    <>
      <PopoverButton
        className="icon-button"
        face={<Ellipsis size={16} />}
        label="Actions of this run"
        panelClassName="w-[min(400px,90vw)] p-1"
      >
        {(close) => {
          const item = (icon: ReactNode, label: string, act: () => void, why?: string): ReactElement => (
            <button
              className={`${menuItemClass} disabled:opacity-50`}
              disabled={why !== undefined}
              onClick={() => {
                close()
                act()
              }}
              title={why}
              type="button"
            >
              {icon}
              <span className="flex-1">{label}</span>
            </button>
          )
          return (
            <>
              <Link
                className={menuItemClass}
                onClick={close}
                params={address}
                search={toWorkspaceSearch(search, run.runId) as never}
                to="/$entity/$project"
              >
                <ChartLine size={15} />
                <span className="flex-1">Open in workspace</span>
              </Link>
              <hr className="my-1 border-line" />
              {item(<Play size={15} />, 'Copy command to resume', () => copy('The command', command))}
              <p className="max-h-24 overflow-y-auto px-2.5 pb-1 pl-9 text-muted text-sm">
                <code className="break-all font-mono">{command}</code>
              </p>
              {item(<Copy size={15} />, 'Copy config as JSON', () =>
                copy('The config', JSON.stringify(run.config, null, 2)),
              )}
              {item(<Copy size={15} />, 'Copy config as YAML', () => copy('The config', toYaml(run.config)))}
              {item(<Copy size={15} />, 'Copy run id', () => copy('The run id', run.runId))}
              <hr className="my-1 border-line" />
              {refusal !== undefined && <p className="px-2.5 py-1 text-muted text-sm">{refusal}</p>}
              {item(<FolderOutput size={15} />, 'Move to another project', () => setIsMoving(true), refusal)}
              {isArchived(run)
                ? item(
                    <ArchiveRestore size={15} />,
                    'Take out of the archive',
                    () =>
                      void actions.change(
                        { of: { runIds: [run.runId] }, removeTags: [archivedTag] },
                        'taken out of the archive',
                      ),
                    refusal,
                  )
                : item(
                    <Archive size={15} />,
                    'Archive',
                    () => void actions.change({ of: { runIds: [run.runId] }, addTags: [archivedTag] }, 'archived'),
                    refusal,
                  )}
              {item(<Trash2 size={15} />, 'Move to trash', () => void discard(), refusal)}
            </>
          )
        }}
      </PopoverButton>
      {isMoving && (
        <MoveRunDialog
          address={address}
          name={run.displayName}
          onClose={() => setIsMoving(false)}
          onMove={(project) => void move(project)}
        />
      )}
    </>
  )
}
