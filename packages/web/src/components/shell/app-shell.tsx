import { isReservedName } from '@lossline/protocol'
import { useParams } from '@tanstack/react-router'
import { lazy, type ReactElement, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useShortcut, useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { openLinksElsewhere } from '../../view/shell/embed.ts'
import { SharedBanner } from '../share/shared-banner.tsx'
import { ExposedBanner } from './exposed-banner.tsx'
import { OfflineBanner } from './live-state.tsx'
import { loadNotifications } from './notification-list.tsx'
import { OpeningPalette } from './opening-palette.tsx'
import { PendingKeys } from './pending-keys.tsx'
import { Rail } from './rail.tsx'
import { ToastStack } from './toast-stack.tsx'
import { TopBar } from './top-bar.tsx'
import { useGoShortcuts } from './use-go-shortcuts.ts'

const loadPalette = async () => ({ default: (await import('./command-palette.tsx')).CommandPalette })
const CommandPalette = lazy(loadPalette)
const loadShortcuts = async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet })
const ShortcutSheet = lazy(loadShortcuts)
const loadConfirm = async () => ({ default: (await import('./confirm-dialog.tsx')).ConfirmDialog })
const ConfirmDialog = lazy(loadConfirm)
/** Not every browser says when it is idle; by then most pages are. */
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000))

const ComparedBar = lazy(async () => ({
  default: (await import('../compare-media/compared-bar.tsx')).ComparedBar,
}))

/** What is around every page; in a notebook nothing but the page. */
export function AppShell({ children }: { readonly children: ReactNode }): ReactElement {
  const { embed } = useServices()
  return embed ? <EmbeddedPage>{children}</EmbeddedPage> : <WholePage>{children}</WholePage>
}

function WholePage({ children }: { readonly children: ReactNode }): ReactElement {
  const { printing, writes } = useServices()
  const { entity, project } = useParams({ strict: false })
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const close = useCallback(() => setOpen(undefined), [])
  const typed = useRef('')
  useShortcut(
    'open-palette',
    useCallback(() => {
      typed.current = ''
      setOpen('palette')
    }, []),
  )
  useEffect(() => {
    // Where the server is away just then, opening the palette asks again.
    whenIdle(() => {
      for (const load of [loadPalette, loadShortcuts, loadConfirm, loadNotifications])
        void load().catch(() => undefined)
      // What says which changes wait has to be there when the server is not.
      void Promise.all([writes.prepare(), import('./waiting-writes.tsx')]).catch(() => undefined)
    })
  }, [writes])
  useShortcut(
    'show-shortcuts',
    useCallback(() => setOpen('shortcuts'), []),
  )
  useShortcut(
    'print',
    useCallback(() => void printing.print(), [printing]),
  )
  useGoShortcuts()
  const hasRail = entity !== undefined && project !== undefined && !isReservedName(entity)
  return (
    <div className="flex h-full flex-col print:block">
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      <TopBar hasRail={hasRail} />
      <ExposedBanner />
      <SharedBanner />
      <OfflineBanner />
      <div className="flex min-h-0 flex-1 max-sm:flex-col print:block">
        {hasRail && <Rail address={{ entity, project }} />}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col outline-none print:block" id="page" tabIndex={-1}>
          {children}
        </div>
      </div>
      <ToastStack />
      <MediaToCompare />
      <PendingKeys />
      <Questions />
      {open === 'shortcuts' && (
        <Suspense>
          <ShortcutSheet onClose={close} />
        </Suspense>
      )}
      {open === 'palette' && (
        <Suspense fallback={<OpeningPalette onClose={close} typed={typed} />}>
          <CommandPalette onClose={close} typed={typed} />
        </Suspense>
      )}
    </div>
  )
}

/** What is asked before something that cannot be taken back. */
function Questions(): ReactElement | null {
  const question = useValue(useServices().confirm.question)
  if (question === undefined) return null
  return (
    <Suspense>
      <ConfirmDialog key={question.title} question={question} />
    </Suspense>
  )
}

/** Its parts are loaded when something is chosen. */
function MediaToCompare(): ReactElement | null {
  const isEmpty = useValue(useServices().comparedMedia).length === 0
  if (isEmpty) return null
  return (
    <Suspense fallback={null}>
      <ComparedBar />
    </Suspense>
  )
}

function EmbeddedPage({ children }: { readonly children: ReactNode }): ReactElement {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (root.current) openLinksElsewhere(root.current)
  }, [])
  return (
    <div className="flex h-full flex-col print:block" ref={root}>
      {children}
    </div>
  )
}
