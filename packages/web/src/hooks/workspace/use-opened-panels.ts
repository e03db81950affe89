import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import type { SettingsTarget } from '../../components/workspace/settings-drawer.tsx'
import type { SearchParams } from '../../view/address/url-state.ts'
import { type FullScreenPanel, findFullScreen, fullScreenCodec } from '../../view/workspace/full-screen.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import { useAddress } from '../use-address.ts'
import { useShortcut } from '../use-store.ts'

/** Which panel has the full screen, and of what the settings are open. */
export interface OpenedPanels {
  readonly full: FullScreenPanel | undefined
  /** The one that had the full screen last: the focus goes there when it is left. */
  readonly lastFullId: string | undefined
  /** Gives a panel the full screen; undefined: none. */
  readonly openPanel: (panelId: string | undefined) => void
  /** Undefined: no settings are open. */
  readonly target: SettingsTarget | undefined
  readonly closeSettings: () => void
  readonly toggleSettings: () => void
  readonly editPanel: (id: string) => void
  readonly editSection: (name: string) => void
  /** This panel was pointed at or focused last: keys mean it. */
  readonly activate: (id: string) => void
}

/** Keeps it, and listens to the keys for it. */
export function useOpenedPanels(shown: readonly ShownSection[]): OpenedPanels {
  const navigate = useNavigate()
  const [target, setTarget] = useState<SettingsTarget>()
  const [fullScreen] = useAddress(fullScreenCodec)
  const full = findFullScreen(shown, fullScreen)
  const lastFullId = useRef<string>(undefined)
  if (full) lastFullId.current = full.panel.id
  // A page of its own for Back: it is opened, not changed.
  const openPanel = useCallback(
    (panelId: string | undefined) => {
      const without = { panel: undefined, panelDisplayName: undefined, panelSectionName: undefined }
      void navigate({ to: '.', search: ((old: SearchParams) => ({ ...old, ...without, panel: panelId })) as never })
    },
    [navigate],
  )
  const editPanel = useCallback((id: string) => setTarget({ kind: 'panel', id }), [])
  const activeId = useRef<string>(undefined)
  useShortcut(
    'full-screen-panel',
    useCallback(() => (activeId.current === undefined ? false : openPanel(activeId.current)), [openPanel]),
  )
  useShortcut(
    'edit-panel',
    useCallback(() => (activeId.current === undefined ? false : editPanel(activeId.current)), [editPanel]),
  )
  return {
    full,
    lastFullId: lastFullId.current,
    openPanel,
    target,
    closeSettings: () => setTarget(undefined),
    toggleSettings: useCallback(() => setTarget((old) => (old === undefined ? { kind: 'workspace' } : undefined)), []),
    editPanel,
    editSection: useCallback((name: string) => setTarget({ kind: 'section', name }), []),
    activate: useCallback((id: string) => {
      activeId.current = id
    }, []),
  }
}
