import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Keyboard, LogOut, Moon, Sun } from 'lucide-react'
import { type ReactElement, type ReactNode, useCallback, useState } from 'react'
import { signOut } from '../api/client.ts'
import { statusQuery } from '../api/queries.ts'
import { useShortcut, useTheme } from '../hooks/use-store.ts'
import { useServices } from '../services.ts'
import { LiveState } from './live-state.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'

/** Where one is, whether it is live, theme and shortcuts. */
export function TopBar({ children }: { readonly children?: ReactNode }): ReactElement {
  const { theme: store } = useServices()
  const theme = useTheme()
  const { data: status } = useQuery(statusQuery)
  const [isSheetOpen, setIsSheetOpen] = useState(false)
  const toggleTheme = useCallback(() => store.choose(store.theme() === 'dark' ? 'light' : 'dark'), [store])
  useShortcut('toggle-theme', toggleTheme)
  useShortcut(
    'show-shortcuts',
    useCallback(() => setIsSheetOpen(true), []),
  )
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-panel px-3">
      <Link className="flex items-center gap-2 rounded font-semibold" to="/">
        <img alt="" height="20" src="/favicon.svg" width="20" />
        <span className="max-sm:sr-only">Lossline</span>
      </Link>
      <nav aria-label="Path" className="flex min-w-0 flex-1 items-center gap-2 text-muted">
        {children}
      </nav>
      <LiveState />
      <button
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        className="icon-button"
        onClick={toggleTheme}
        title={theme === 'dark' ? 'Light theme (D)' : 'Dark theme (D)'}
        type="button"
      >
        {theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
      </button>
      <button
        aria-label="Keyboard shortcuts"
        className="icon-button max-sm:hidden"
        onClick={() => setIsSheetOpen(true)}
        title="Keyboard shortcuts (?)"
        type="button"
      >
        <Keyboard size={16} />
      </button>
      {status?.mode === 'keys' && <SignOutButton />}
      {isSheetOpen && <ShortcutSheet onClose={() => setIsSheetOpen(false)} />}
    </header>
  )
}

function SignOutButton(): ReactElement {
  const leave = async (): Promise<void> => {
    await signOut()
    location.reload()
  }
  return (
    <button aria-label="Sign out" className="icon-button" onClick={() => void leave()} title="Sign out" type="button">
      <LogOut size={16} />
    </button>
  )
}

/** Separates the steps of a path. */
export function PathDivider(): ReactElement {
  return (
    <span aria-hidden="true" className="text-line-strong">
      /
    </span>
  )
}
