import { EllipsisVertical } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { menuItemClass } from '../shell/menu-item.tsx'
import { PopoverButton } from './popover-button.tsx'

/** Makes a line of a column's menu. */
export type ColumnMenuItem = (label: string, act: () => void, isOff?: boolean, staysOpen?: boolean) => ReactElement

/** The button in the head of a column, and the menu of what can be done with it. Wants a `group/head` around it. */
export function ColumnMenuButton(props: {
  /** Of the column. */
  readonly title: string
  readonly heading: string
  /** What is said of the heading where it does not fit. */
  readonly headingTitle: string
  readonly className?: string
  readonly panelClassName: string
  readonly children: (item: ColumnMenuItem) => ReactNode
}): ReactElement {
  return (
    <PopoverButton
      className={`icon-button size-6 shrink-0 opacity-0 focus-visible:opacity-100 group-hover/head:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100 ${props.className ?? ''}`}
      face={<EllipsisVertical size={14} />}
      label={`Column ${props.title}`}
      panelClassName={props.panelClassName}
    >
      {(close) => (
        <>
          <p className="truncate px-2 py-1 text-muted text-sm" title={props.headingTitle}>
            {props.heading}
          </p>
          {props.children((label, act, isOff = false, staysOpen = false) => (
            <button
              className={`${menuItemClass} disabled:opacity-50`}
              disabled={isOff}
              key={label}
              onClick={() => {
                act()
                if (!staysOpen) close()
              }}
              type="button"
            >
              {label}
            </button>
          ))}
        </>
      )}
    </PopoverButton>
  )
}
