import { Lock, Plus, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'

/** Tags or other names of a thing, to be added to and taken from in place. */
export function TagEditor(props: {
  readonly tags: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
  /** Default: `tag`. */
  readonly noun?: 'tag' | 'alias'
  /** Those that nobody can take away. */
  readonly fixed?: readonly string[]
  /** Those with a lock; with a reason they cannot be taken away by whoever looks at them. */
  readonly locked?: { readonly names: readonly string[]; readonly refusal: string | undefined }
  /** Why nothing can be changed, beside what keeps people from changing the project. */
  readonly refusal?: string | undefined
  /** It was opened to add one: the field is there, and stays for the next. Default: a button brings it. */
  readonly isAdding?: boolean
}): ReactElement {
  const { tags, onChange, noun = 'tag', fixed = [], locked, isAdding = false } = props
  const [many, article, tone] =
    noun === 'tag' ? ['Tags', 'a', 'bg-hover'] : ['Aliases', 'an', 'bg-selected text-accent']
  const [draft, setDraft] = useState(isAdding ? '' : undefined)
  const isFixed = (useRefusal() ?? props.refusal) !== undefined
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const tag = draft?.trim() ?? ''
    setDraft(isAdding ? '' : undefined)
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag])
  }
  return (
    <div className="flex flex-wrap items-center gap-1">
      {tags.length > 0 && (
        <ul aria-label={many} className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li className={`flex min-h-6 items-center rounded px-1.5 text-sm ${tone}`} key={tag}>
              {locked?.names.includes(tag) && (
                <span className="mr-1" title={locked.refusal ?? 'Protected: you are asked before it moves'}>
                  <Lock aria-label="protected" size={12} />
                </span>
              )}
              {tag}
              {!fixed.includes(tag) && !isFixed && (
                <button
                  aria-label={`Remove ${noun} ${tag}`}
                  className="icon-button -mr-1.5 size-6"
                  disabled={locked?.refusal !== undefined && locked.names.includes(tag)}
                  onClick={() => onChange(tags.filter((other) => other !== tag))}
                  title={(locked?.names.includes(tag) && locked.refusal) || `Remove ${noun} ${tag}`}
                  type="button"
                >
                  <X size={12} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isFixed ? null : draft === undefined ? (
        <button
          aria-label={`Add ${article} ${noun}`}
          className="icon-button w-auto px-1.5 text-sm"
          onClick={() => setDraft('')}
          title={`Add ${article} ${noun}`}
          type="button"
        >
          <Plus size={14} />
          {(tags.length === 0 || noun === 'alias') && <span className="ml-1 capitalize">{noun}</span>}
        </button>
      ) : (
        <form onSubmit={add}>
          <input
            aria-label={`New ${noun}`}
            // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was clicked.
            autoFocus
            className="control w-32"
            onBlur={() => setDraft(isAdding ? draft : undefined)}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
            value={draft}
          />
        </form>
      )}
    </div>
  )
}
