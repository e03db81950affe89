import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChartLine, Check, ChevronDown, History, Pencil, Plus, Trash2, User } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { savedWorkspacesQuery, type ViewActions } from '../../api/view-queries.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useServices } from '../../services.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import { isSavedView, runLayoutParams, toViewId } from '../../view/workspace/view-names.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem } from '../shell/menu-item.tsx'
import { NameDialog } from './name-dialog.tsx'

const RevisionsDialog = lazy(() =>
  import('./revisions-dialog.tsx').then((module) => ({ default: module.RevisionsDialog })),
)

/** A view that a page shows, and what changes it. */
export interface ShownView {
  readonly address: ProjectAddress
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly actions: ViewActions
  readonly isOwn: boolean
  /** What it is called where nobody gave it a name. */
  readonly usualName: string | undefined
  readonly mayWrite: boolean
}

/** Which view this is, which others there are, and what can be done with it. @param props.isShort - There is little room for its name. */
export function ViewMenu(props: ShownView & { readonly isShort: boolean }): ReactElement {
  const { address, state, store, actions, isOwn, mayWrite } = props
  const { toasts, confirm } = useServices()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'rename' | 'save-as' | 'revisions'>()
  const name = props.usualName ?? (state.saved?.displayName || 'Unnamed view')
  const isOfRuns = !isOwn && props.usualName !== undefined
  const open = (nw: string | undefined): void => {
    // Its own filter and axes, not those of the one that was open.
    void navigate({ to: '.', search: (nw === undefined ? {} : { nw }) as never })
  }
  const refresh = (): Promise<void> =>
    queryClient.invalidateQueries({ queryKey: ['views', address.entity, address.project] })
  const attempt = createAttempt(toasts, refresh)
  const remove = async (): Promise<void> => {
    const { saved } = state
    if (saved === undefined) return
    const isSure = await confirm.ask({
      title: `Delete the view ${name}?`,
      text: 'Its revisions go with it. Runs and their data stay.',
      action: 'Delete view',
    })
    if (isSure) await attempt(() => actions.remove(saved.id).then(() => open(undefined)))
  }
  return (
    <>
      <PopoverButton
        className={`button ${props.isShort ? 'max-w-36 max-sm:max-w-20' : 'max-w-52'}`}
        face={
          <>
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden="true" className="shrink-0" size={14} />
          </>
        }
        label={`View: ${name}`}
      >
        {(close) => {
          const doing = (task: () => void) => (): void => {
            close()
            task()
          }
          return (
            <>
              <ViewList
                address={address}
                current={isOwn ? 'own' : isOfRuns ? 'of-runs' : state.saved?.id}
                onOpen={(nw) => doing(() => open(nw))()}
                onOpenOfRuns={doing(() => void navigate({ to: '.', search: runLayoutParams as never }))}
              />
              <hr className="my-1 border-line" />
              {mayWrite && (
                <MenuItem icon={<Plus size={15} />} onClick={doing(() => setAsked('save-as'))}>
                  Save as a new view
                </MenuItem>
              )}
              {props.usualName === undefined && mayWrite && (
                <>
                  <MenuItem icon={<Pencil size={15} />} onClick={doing(() => setAsked('rename'))}>
                    Rename
                  </MenuItem>
                  <MenuItem icon={<Trash2 size={15} />} onClick={doing(() => void remove())}>
                    Delete
                  </MenuItem>
                </>
              )}
              {state.saved !== undefined && (
                <MenuItem icon={<History size={15} />} onClick={doing(() => setAsked('revisions'))}>
                  Revisions
                </MenuItem>
              )}
            </>
          )
        }}
      </PopoverButton>
      {asked === 'save-as' && (
        <NameDialog
          action="Save"
          initial=""
          label="Name"
          onClose={() => setAsked(undefined)}
          onDone={(displayName) =>
            void attempt(async () => {
              const id = createPanelId()
              await store.saveAs(`nw-${id}-v`, displayName)
              open(id)
            })
          }
          title="Save as a new view"
        />
      )}
      {asked === 'rename' && state.saved && (
        <NameDialog
          action="Rename"
          initial={state.saved.displayName}
          label="Name"
          onClose={() => setAsked(undefined)}
          onDone={(displayName) => void attempt(() => actions.rename(state.saved!.id, displayName))}
          title="Rename the view"
        />
      )}
      {asked === 'revisions' && state.saved && (
        <Suspense>
          <RevisionsDialog
            actions={actions}
            address={address}
            mayWrite={mayWrite}
            onClose={() => setAsked(undefined)}
            onRestored={(view) => store.load(view)}
            view={state.saved}
          />
        </Suspense>
      )}
    </>
  )
}

function ViewList(props: {
  readonly address: ProjectAddress
  /** The id of a saved one, one's own, or that of the pages of runs. */
  readonly current: number | 'own' | 'of-runs' | undefined
  readonly onOpen: (nw: string | undefined) => void
  readonly onOpenOfRuns: () => void
}): ReactElement {
  const { data, error } = useQuery(savedWorkspacesQuery(props.address))
  const mark = (isCurrent: boolean, otherwise?: ReactElement): ReactElement =>
    isCurrent ? <Check aria-label="Open" size={15} /> : (otherwise ?? <span className="size-[15px]" />)
  return (
    <>
      <MenuItem icon={mark(props.current === 'own', <User size={15} />)} onClick={() => props.onOpen(undefined)}>
        My workspace
      </MenuItem>
      <MenuItem icon={mark(props.current === 'of-runs', <ChartLine size={15} />)} onClick={props.onOpenOfRuns}>
        Charts of runs
      </MenuItem>
      {data?.views.filter(isSavedView).map((view) => (
        <MenuItem
          icon={mark(view.id === props.current)}
          key={view.id}
          onClick={() => props.onOpen(toViewId(view.name))}
        >
          {view.displayName || 'Unnamed view'}
          <span className="block text-muted text-sm">by {view.username || 'somebody'}</span>
        </MenuItem>
      ))}
      {error && !data && (
        <p className="px-2.5 py-1 text-bad" role="alert">
          The saved views could not be read.
        </p>
      )}
    </>
  )
}
