import { Link, useLocation } from '@tanstack/react-router'
import {
  ChartLine,
  FileText,
  Info,
  type LucideIcon,
  Package,
  PanelLeftClose,
  Pin,
  PinOff,
  SlidersHorizontal,
  Table2,
} from 'lucide-react'
import { type ReactElement, useCallback } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useShortcut, useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { type ProjectPageId, projectPageOf, projectPages, sharedSearch } from '../../view/shell/project-pages.ts'
import { parseSearchText } from '../../view/text/search-text.ts'

const icons: Readonly<Record<ProjectPageId, LucideIcon>> = {
  workspace: ChartLine,
  runs: Table2,
  sweeps: SlidersHorizontal,
  artifacts: Package,
  reports: FileText,
  overview: Info,
}

/**
 * The pages of a project: signs at the left edge, whose names come when one points at them, reaches them with Tab, or has
 * pinned them; who wants the room hides them. On narrow screens a bar at the bottom.
 */
export function Rail({ address }: { readonly address: ProjectAddress }): ReactElement {
  const { rail } = useServices()
  const state = useValue(rail)
  const isPinned = state === 'names'
  const pathname = useLocation({ select: (location) => location.pathname })
  const search = parseSearchText(useLocation({ select: (location) => location.searchStr }))
  const current = projectPageOf(pathname)
  const togglePin = useCallback(() => rail.set(rail.get() === 'names' ? 'signs' : 'names'), [rail])
  useShortcut('pin-rail', togglePin)
  const toggle = useCallback(() => {
    const isHidden = rail.get() === 'hidden'
    rail.set(isHidden ? 'signs' : 'hidden')
    // Whoever goes by keyboard finds the way back where they are.
    requestAnimationFrame(() => document.getElementById(isHidden ? 'hide-pages' : 'show-pages')?.focus())
  }, [rail])
  useShortcut('hide-rail', toggle)
  return (
    <nav
      aria-label="Project"
      className={`z-30 flex shrink-0 border-line bg-panel max-sm:order-last max-sm:h-14 max-sm:w-full max-sm:border-t sm:flex-col sm:border-r sm:py-1.5 print:hidden ${isPinned ? 'sm:w-36' : 'sm:w-12'} ${state === 'hidden' ? 'sm:hidden' : ''}`}
    >
      <ul className="flex flex-1 sm:flex-col sm:gap-0.5 sm:px-1.5">
        {projectPages.map(({ id, label, to }) => {
          const Icon = icons[id]
          return (
            <li className="max-sm:flex-1" key={id}>
              <Link
                aria-current={current?.id === id ? 'page' : undefined}
                className="rail-link group"
                params={address}
                search={sharedSearch(pathname, search, to) as never}
                to={to}
              >
                <Icon aria-hidden="true" className="shrink-0" size={18} />
                <span className={isPinned ? 'rail-name' : 'rail-name rail-flag'}>{label}</span>
              </Link>
            </li>
          )
        })}
      </ul>
      <button
        aria-pressed={isPinned}
        className="rail-link group mx-1.5 w-auto max-sm:hidden"
        onClick={togglePin}
        type="button"
      >
        {isPinned ? (
          <PinOff aria-hidden="true" className="shrink-0" size={16} />
        ) : (
          <Pin aria-hidden="true" className="shrink-0" size={16} />
        )}
        <span className={isPinned ? 'rail-name' : 'rail-name rail-flag'}>{isPinned ? 'Hide names' : 'Pin names'}</span>
      </button>
      <button className="rail-link group mx-1.5 w-auto max-sm:hidden" id="hide-pages" onClick={toggle} type="button">
        <PanelLeftClose aria-hidden="true" className="shrink-0" size={16} />
        <span className={isPinned ? 'rail-name' : 'rail-name rail-flag'}>Hide pages</span>
      </button>
    </nav>
  )
}
