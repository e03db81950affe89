import { useRouter } from '@tanstack/react-router'
import { type ReactElement, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { usePaletteGroups } from '../../hooks/shell/use-palette-groups.ts'
import { useServices } from '../../services.ts'
import type { PickItem } from '../../view/palette/pick-item.ts'
import { paletteClassName } from './opening-palette.tsx'
import { PickList } from './pick-list.tsx'

/** One box for everything: what the page can do, and what there is to go to. */
export function CommandPalette(props: {
  /** What was typed before it was there. */
  readonly typed: RefObject<string>
  readonly onClose: () => void
}): ReactElement {
  const { typed, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const router = useRouter()
  const { recent } = useServices()
  const [query, setQuery] = useState('')
  const { groups, isAsking } = usePaletteGroups(query)
  useLayoutEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
    setQuery(typed.current)
  }, [typed])
  const pick = (item: PickItem, isElsewhere: boolean): void => {
    recent.note(item)
    if (item.href !== undefined && isElsewhere) {
      window.open(item.href, '_blank')
      return
    }
    dialog.current?.close()
    if (item.href !== undefined) router.history.push(item.href)
    else item.run?.()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as the browser sees to.
    <dialog
      aria-label="Search and commands"
      className={paletteClassName}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
      onClose={onClose}
      ref={dialog}
    >
      <PickList
        className="flex-1"
        empty={isAsking ? 'Searching.' : `Nothing matches “${query}”.`}
        groups={groups}
        label="Search runs, projects, metrics, commands"
        onPick={pick}
        onQuery={setQuery}
        query={query}
      />
      <p className="flex flex-wrap gap-x-4 border-line border-t px-3 py-1.5 text-muted text-sm max-sm:hidden">
        <span>
          <kbd className="font-sans">&gt;</kbd> commands
        </span>
        <span>
          <kbd className="font-sans">@</kbd> runs
        </span>
        <span>
          <kbd className="font-sans">#</kbd> tags
        </span>
        <span>
          <kbd className="font-sans">/</kbd> panels
        </span>
        <span className="ml-auto">Ctrl Enter opens in a new tab</span>
      </p>
    </dialog>
  )
}
