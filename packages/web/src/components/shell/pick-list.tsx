import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { isPlainClick } from '../../view/browser/plain-click.ts'
import type { PickGroup, PickItem } from '../../view/palette/pick-item.ts'

/** A field with a list below it, of which the arrow keys choose one. */
export function PickList(props: {
  readonly label: string
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly groups: readonly PickGroup[]
  /** `isElsewhere`: in a new tab. */
  readonly onPick: (item: PickItem, isElsewhere: boolean) => void
  /** What is said when nothing fits. */
  readonly empty: ReactNode
  readonly className?: string
}): ReactElement {
  const { query, groups } = props
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const [chosenId, setChosenId] = useState<string>()
  const items = groups.flatMap((group) => group.items)
  const at = Math.max(
    0,
    items.findIndex((item) => item.id === chosenId),
  )
  const chosen = items[at]
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has another best answer.
  useEffect(() => setChosenId(undefined), [query])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  const move = (to: number): void => setChosenId(items[(to + items.length) % items.length]?.id)
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = 8
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1 }
    const jumps: Readonly<Record<string, number>> = {
      PageDown: Math.min(items.length - 1, at + page),
      PageUp: Math.max(0, at - page),
    }
    const to = steps[event.key] ?? jumps[event.key]
    if (to !== undefined && items.length > 0) move(to)
    else if (event.key === 'Enter' && chosen) props.onPick(chosen, event.ctrlKey || event.metaKey)
    else return
    event.preventDefault()
  }
  return (
    <div className={`flex min-h-0 flex-col ${props.className ?? ''}`}>
      <input
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-expanded={items.length > 0}
        aria-label={props.label}
        // biome-ignore lint/a11y/noAutofocus: the list was opened to type into this field.
        autoFocus
        className="h-10 w-full shrink-0 border-line border-b bg-transparent px-3 text-base outline-none"
        onChange={({ target }) => props.onQuery(target.value)}
        onKeyDown={onKeyDown}
        placeholder={props.label}
        role="combobox"
        spellCheck={false}
        type="text"
        value={query}
      />
      <div className="min-h-0 flex-1 overflow-y-auto p-1" ref={list}>
        <div aria-label={props.label} id={`${id}-list`} role="listbox">
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox.
            <div aria-label={group.title} key={group.title} role="group">
              <div aria-hidden="true" className="px-2 pt-2 pb-1 text-muted text-sm">
                {group.title}
              </div>
              {group.items.map((item) => (
                <Option
                  id={`${id}-${item.id}`}
                  isChosen={item === chosen}
                  item={item}
                  key={item.id}
                  onPick={props.onPick}
                  onPoint={() => setChosenId(item.id)}
                />
              ))}
            </div>
          ))}
        </div>
        {items.length === 0 && <div className="px-3 py-6 text-center text-muted">{props.empty}</div>}
      </div>
    </div>
  )
}

function Option(props: {
  readonly id: string
  readonly item: PickItem
  readonly isChosen: boolean
  readonly onPoint: () => void
  readonly onPick: (item: PickItem, isElsewhere: boolean) => void
}): ReactElement {
  const { item, id, isChosen } = props
  const shared = {
    'aria-selected': isChosen,
    className: 'flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left aria-selected:bg-selected',
    id,
    onPointerMove: props.onPoint,
    role: 'option',
    // The field keeps the focus; the arrow keys move through the list.
    tabIndex: -1,
  } as const
  const content = (
    <>
      <span className="min-w-0 truncate">{item.label}</span>
      {item.detail !== undefined && <span className="min-w-0 flex-1 truncate text-muted">{item.detail}</span>}
      {item.hint !== undefined && (
        <kbd className="ml-auto shrink-0 rounded border border-line px-1 font-sans text-muted text-xs">{item.hint}</kbd>
      )}
    </>
  )
  if (item.href === undefined) {
    return (
      <button {...shared} onClick={() => props.onPick(item, false)} type="button">
        {content}
      </button>
    )
  }
  return (
    <a
      {...shared}
      href={item.href}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        props.onPick(item, false)
      }}
    >
      {content}
    </a>
  )
}
