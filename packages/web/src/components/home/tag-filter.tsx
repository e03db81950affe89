import type { ReactElement } from 'react'

/** Tags to narrow a list by, on or off; those that are on all have to be there. Nothing where there are none. */
export function TagFilter(props: {
  readonly tags: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}): ReactElement | null {
  const { tags, chosen, onChange } = props
  if (tags.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups buttons.
    <div aria-label="Tags" className="mb-2 flex flex-wrap gap-1" role="group">
      {tags.map((tag) => {
        const isOn = chosen.includes(tag)
        return (
          <button
            aria-pressed={isOn}
            className="min-h-6 max-w-48 truncate rounded-full border border-line-strong px-2.5 text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-accent"
            key={tag}
            onClick={() => onChange(isOn ? chosen.filter((one) => one !== tag) : [...chosen, tag])}
            type="button"
          >
            {tag}
          </button>
        )
      })}
    </div>
  )
}
