import type { OpenedWorkspaceResponse, ViewDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type ProjectAddress, runKeysQuery, sessionQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { createViewActions, openedWorkspaceQuery } from '../../api/view-queries.ts'
import { useServices } from '../../services.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { isOwnView, ownWorkspaceName } from '../../view/workspace/own-view.ts'
import { parseWorkspace } from '../../view/workspace/read-workspace.ts'
import { createViewDraftKeeper } from '../../view/workspace/view-drafts.ts'
import type { ViewSaver } from '../../view/workspace/view-saving.ts'
import { emptyWorkspace } from '../../view/workspace/workspace.ts'
import { createWorkspaceCodec } from '../../view/workspace/workspace-address.ts'
import {
  createWorkspaceStore,
  type WorkspaceStore,
  type WorkspaceStoreState,
} from '../../view/workspace/workspace-store.ts'
import { useAddress } from '../use-address.ts'

/** Saves a view once the server is back; also after whoever changed it has gone to another page. */
function useWaitingView({ entity, project }: ProjectAddress, store: WorkspaceStore, draftKey: string): void {
  const { updates, writes, waitingViews } = useServices()
  useEffect(() => updates.onHeal(() => store.retryWaiting()), [updates, store])
  useEffect(() => {
    // What was left to the queue is in the draft, which is open again.
    for (const { id, forgets } of writes.waiting.get()) if (forgets === draftKey) void writes.drop(id)
    return () => {
      const waiting = store.waitingEdit()
      if (waiting === undefined) return
      const name = store.get().saved?.displayName || 'a view'
      void writes.submit({
        what: `save ${name}`,
        name: 'PATCH /api/projects/{entity}/{project}/views/{viewId}',
        path: { entity, project, viewId: String(waiting.viewId) },
        body: waiting.edit,
        shows: [],
        forgets: draftKey,
      })
    }
  }, [entity, project, store, draftKey, writes])
  const isWaiting = useSyncExternalStore(store.subscribe, () => store.get().save.kind === 'waiting')
  useEffect(() => {
    if (!isWaiting) return
    waitingViews.set(waitingViews.get() + 1)
    return () => waitingViews.set(waitingViews.get() - 1)
  }, [isWaiting, waitingViews])
}

/**
 * What people arranged, with the state of the address that goes with it.
 *
 * @param isOwn - It saves itself. Default: if it is somebody's own workspace.
 */
export function useWorkspace(
  address: ProjectAddress,
  opened: OpenedWorkspaceResponse,
  isOwn?: boolean,
): { readonly state: WorkspaceStoreState; readonly view: ViewState; readonly store: WorkspaceStore } {
  const spec = opened.view?.spec
  const saved = useMemo(() => (spec === undefined ? emptyWorkspace : parseWorkspace(spec).workspace), [spec])
  const lastSaved = useRef(saved)
  // What was said of runs there is nothing to a page that has its own.
  const hasRuns = opened.type === 'project-view'
  lastSaved.current = hasRuns ? saved : { ...saved, runSets: emptyWorkspace.runSets }
  const [codec] = useState(() => createWorkspaceCodec(() => lastSaved.current))
  const [view, addressStore] = useAddress(codec)
  const { queryClient } = useServices()
  const saver = useMemo((): ViewSaver => {
    const actions = createViewActions(address)
    const isUsual = opened.name === ownWorkspaceName(opened.username)
    const { queryKey } = openedWorkspaceQuery(address, isUsual ? undefined : opened.name, opened.type)
    // Whoever comes back to the page later opens what was saved last, not what was there the first time.
    const noted = async (answer: Promise<ViewDetail>): Promise<ViewDetail> => {
      const view = await answer
      if (view.name === opened.name) queryClient.setQueryData(queryKey, (old) => old && { ...old, view })
      return view
    }
    return {
      ...actions,
      create: (view) => noted(actions.create(view)),
      change: (id, edit) => noted(actions.change(id, edit)),
    }
  }, [address, queryClient, opened.name, opened.type, opened.username])
  const [{ store, draftKey }] = useState(() => {
    const locate = (name: string, project = address): 'config' | 'summary' => {
      const keysOf = (at: ProjectAddress) => queryClient.getQueryData(runKeysQuery(at).queryKey)?.keys
      const known = keysOf(project) ?? keysOf(address)
      return known?.some(({ key }) => key === `config.${name}`) ? 'config' : 'summary'
    }
    const drafts = createViewDraftKeeper({
      ...address,
      type: opened.type,
      name: opened.name,
      username: opened.username,
    })
    const store = createWorkspaceStore({
      opened,
      ...(isOwn !== undefined && { isOwn }),
      address: addressStore,
      saver,
      drafts,
      locate,
      nowMs: serverNowMs,
    })
    return { store, draftKey: drafts.key }
  })
  useLayoutEffect(() => store.restoreDraft(), [store])
  // Where each has a view of their own, what it shows stands in the address, so that a copied link shows the same to everybody. Where
  // all open the same one, the address says nothing until something is changed.
  const mode = useQuery(sessionQuery).data?.mode
  const isOnlyMine = mode === 'keys' && opened.view !== null && isOwnView(opened)
  useEffect(() => {
    if (isOnlyMine) addressStore.update({})
  }, [addressStore, isOnlyMine])
  useEffect(() => {
    if (opened.view !== null) store.adopt(opened.view)
  }, [store, opened.view])
  useWaitingView(address, store, draftKey)
  useEffect(() => {
    const save = (): void => {
      if (document.hidden) store.close()
    }
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      store.close()
    }
  }, [store])
  return { state: useSyncExternalStore(store.subscribe, store.get), view, store }
}
