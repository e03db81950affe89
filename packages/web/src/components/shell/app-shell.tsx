import { useParams } from '@tanstack/react-router'
import { lazy, type ReactElement, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useShortcut } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { isReservedName } from '../../view/reserved-names.ts'
import { openLinksElsewhere } from '../../view/shell/embed.ts'
import { ShortcutSheet } from '../shortcut-sheet.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { OfflineBanner } from './live-state.tsx'
import { PendingKeys } from './pending-keys.tsx'
import { Rail } from './rail.tsx'
import { ToastStack } from './toast-stack.tsx'
import { TopBar } from './top-bar.tsx'
import { useGoShortcuts } from './use-go-shortcuts.ts'

const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })),
)

/** What is around every page; in a notebook nothing but the page. */
export function AppShell({ children }: { readonly children: ReactNode }): ReactElement {
  const { embed } = useServices()
  return embed ? <EmbeddedPage>{children}</EmbeddedPage> : <WholePage>{children}</WholePage>
}

function WholePage({ children }: { readonly children: ReactNode }): ReactElement {
  const { entity, project } = useParams({ strict: false })
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const close = useCallback(() => setOpen(undefined), [])
  useShortcut(
    'open-palette',
    useCallback(() => setOpen('palette'), []),
  )
  useShortcut(
    'show-shortcuts',
    useCallback(() => setOpen('shortcuts'), []),
  )
  useShortcut(
    'print',
    useCallback(() => print(), []),
  )
  useGoShortcuts()
  const hasRail = entity !== undefined && project !== undefined && !isReservedName(entity)
  return (
    <div className="flex h-full flex-col print:block">
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      <TopBar />
      <OfflineBanner />
      <div className="flex min-h-0 flex-1 max-sm:flex-col print:block">
        {hasRail && <Rail address={{ entity, project }} />}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col outline-none print:block" id="page" tabIndex={-1}>
          {children}
        </div>
      </div>
      <ToastStack />
      <PendingKeys />
      <ConfirmDialog />
      {open === 'shortcuts' && <ShortcutSheet onClose={close} />}
      {open === 'palette' && (
        <Suspense fallback={null}>
          <CommandPalette onClose={close} />
        </Suspense>
      )}
    </div>
  )
}

function EmbeddedPage({ children }: { readonly children: ReactNode }): ReactElement {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (root.current) openLinksElsewhere(root.current)
  }, [])
  return (
    <div className="flex h-full flex-col" ref={root}>
      {children}
    </div>
  )
}
