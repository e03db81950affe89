import { Search } from 'lucide-react'
import { type ReactElement, type Ref, useId } from 'react'
import type { SearchHistory } from '../../hooks/use-search-history.ts'
import { FieldEnd } from './field-end.tsx'

/** A search box that says its shortcut, clears with Escape, and then gives the focus back to the page, or closes its dialog. */
export function SearchField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
  readonly hint?: string
  readonly className?: string
  /** Earlier searches are offered, and this one is added once the field is left or Enter pressed. */
  readonly history?: SearchHistory
}): ReactElement {
  const { label, value, onChange, hint, history } = props
  const listId = useId()
  return (
    <div className={`relative ${props.className ?? ''}`}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-[calc((var(--control)-16px)/2)] left-2 text-muted"
        size={15}
      />
      <input
        aria-label={label}
        className="control w-full text-ellipsis pr-7 pl-7 [&::-webkit-calendar-picker-indicator]:hidden!"
        list={history && listId}
        onBlur={() => history?.add(value)}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') history?.add(value)
          if (event.key !== 'Escape') return
          // With nothing to clear, the key closes the window that the field is in.
          if (value === '' && event.currentTarget.closest('dialog')) return
          if (value === '') event.currentTarget.blur()
          else onChange('')
          event.preventDefault()
        }}
        placeholder={label}
        ref={props.ref}
        spellCheck={false}
        type="text"
        value={value}
      />
      {history && (
        <datalist id={listId}>
          {history.searches.map((search) => (
            <option key={search} value={search} />
          ))}
        </datalist>
      )}
      <FieldEnd hint={hint} isEmpty={value === ''} label={label} onClear={() => onChange('')} />
    </div>
  )
}
