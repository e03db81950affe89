import { Plus, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'

/** A run's tags, to be added to and taken from in place. */
export function TagEditor(props: {
  readonly tags: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
}): ReactElement {
  const { tags, onChange } = props
  const [draft, setDraft] = useState<string>()
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const tag = draft?.trim() ?? ''
    setDraft(undefined)
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag])
  }
  return (
    <div className="flex flex-wrap items-center gap-1">
      {tags.length > 0 && (
        <ul aria-label="Tags" className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li className="flex items-center rounded bg-hover pl-1.5 text-sm" key={tag}>
              {tag}
              <button
                aria-label={`Remove tag ${tag}`}
                className="icon-button size-6"
                onClick={() => onChange(tags.filter((other) => other !== tag))}
                title={`Remove tag ${tag}`}
                type="button"
              >
                <X size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {draft === undefined ? (
        <button
          aria-label="Add a tag"
          className="icon-button w-auto px-1.5 text-sm"
          onClick={() => setDraft('')}
          title="Add a tag"
          type="button"
        >
          <Plus size={14} />
          {tags.length === 0 && <span className="ml-1">Tag</span>}
        </button>
      ) : (
        <form onSubmit={add}>
          <input
            aria-label="New tag"
            // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was clicked.
            autoFocus
            className="control w-32"
            onBlur={() => setDraft(undefined)}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
            value={draft}
          />
        </form>
      )}
    </div>
  )
}
