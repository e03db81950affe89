import type { ReactElement, ReactNode } from 'react'
import { useKeyText } from '../../hooks/use-key-text.ts'
import type { ShortcutId } from '../../keyboard/registry.ts'

/** How a line of a menu looks, be it a button or a link. */
export const menuItemClass: string =
  'flex min-h-8 w-full items-center gap-2.5 rounded-md px-2.5 py-1 text-left hover:bg-hover'

/** A line of a menu that does something, with its key. */
export function MenuItem(props: {
  readonly onClick: () => void
  readonly icon?: ReactNode
  readonly shortcut?: ShortcutId
  /** It arranges something, which is nothing for the smallest screens. */
  readonly arranges?: boolean
  readonly children: ReactNode
}): ReactElement {
  return (
    <button
      className={`${menuItemClass} ${props.arranges ? 'max-sm:hidden' : ''}`}
      onClick={props.onClick}
      type="button"
    >
      {props.icon}
      <span className="flex-1">{props.children}</span>
      {props.shortcut && <KeyHint id={props.shortcut} />}
    </button>
  )
}

/** The key of a shortcut; nothing if it has none. */
export function KeyHint({ id }: { readonly id: ShortcutId }): ReactElement | null {
  const text = useKeyText(id)
  if (text === undefined) return null
  return <kbd className="shrink-0 rounded border border-line px-1 font-sans text-muted text-xs">{text}</kbd>
}
