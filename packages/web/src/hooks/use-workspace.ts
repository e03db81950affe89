import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { createViewActions } from '../api/view-queries.ts'
import type { ViewState } from '../view/url-state.ts'
import { parseWorkspace } from '../view/workspace/read-workspace.ts'
import { createWorkspaceCodec } from '../view/workspace/workspace-address.ts'
import {
  createWorkspaceStore,
  type WorkspaceStore,
  type WorkspaceStoreState,
} from '../view/workspace/workspace-store.ts'
import { useAddress } from './use-address.ts'

/** What people arranged, with the state of the address that goes with it. */
export function useWorkspace(
  address: ProjectAddress,
  opened: OpenedWorkspaceResponse,
): { readonly state: WorkspaceStoreState; readonly view: ViewState; readonly store: WorkspaceStore } {
  const [codec] = useState(() =>
    createWorkspaceCodec(opened.view ? parseWorkspace(opened.view.spec).workspace.params : {}),
  )
  const [view, addressStore] = useAddress(codec)
  const saver = useMemo(() => createViewActions(address), [address])
  const [store] = useState(() => createWorkspaceStore({ opened, address: addressStore, saver, nowMs: serverNowMs }))
  // What the page shows stands in its address, so that a copied link shows the same to everybody.
  const isSaved = opened.view !== null
  useEffect(() => {
    if (isSaved) addressStore.update({})
  }, [addressStore, isSaved])
  useEffect(() => {
    if (opened.view !== null) store.adopt(opened.view)
  }, [store, opened.view])
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
