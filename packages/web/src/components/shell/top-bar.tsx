import { Link } from '@tanstack/react-router'
import { BookOpen, PanelLeftOpen, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { ShareButton } from '../share/share-button.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { LiveState } from './live-state.tsx'
import { KeyHint } from './menu-item.tsx'
import { NotificationList } from './notification-list.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** Where one is, search, whether what one sees is live, theme and account. */
export function TopBar({ hasRail }: { readonly hasRail: boolean }): ReactElement {
  const { shortcuts, rail } = useServices()
  const isRailHidden = useValue(rail) === 'hidden'
  return (
    <header className="flex h-11 shrink-0 items-center gap-1.5 border-line border-b bg-panel px-3 print:hidden">
      {hasRail && isRailHidden && (
        <span className="max-sm:hidden">
          <IconButton id="show-pages" label="Show pages" onClick={() => shortcuts.run('hide-rail')}>
            <PanelLeftOpen size={16} />
          </IconButton>
        </span>
      )}
      <Link className="flex shrink-0 items-center gap-2 rounded font-semibold" title="All projects" to="/">
        <img alt="" height="20" src="/favicon.svg" width="20" />
        <span className="max-md:sr-only">Lossline</span>
      </Link>
      <Breadcrumb />
      <button
        className="flex h-7 shrink-0 items-center gap-2 rounded-md border border-line-strong px-2 text-muted hover:text-text max-md:border-transparent md:w-52"
        onClick={() => shortcuts.run('open-palette')}
        title="Search and commands"
        type="button"
      >
        <Search aria-hidden="true" size={14} />
        <span className="flex-1 text-left max-md:sr-only">Search</span>
        <span aria-hidden="true" className="max-md:hidden">
          <KeyHint id="open-palette" />
        </span>
      </button>
      <LiveState />
      <ShareButton />
      <NotificationList />
      <Link aria-label="Guide" className="icon-button shrink-0 max-sm:hidden" title="Guide" to="/help">
        <BookOpen size={16} />
      </Link>
      <ThemeMenu />
      <AccountMenu />
    </header>
  )
}
