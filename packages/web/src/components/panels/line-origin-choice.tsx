import { type ReactElement, type ReactNode, useId } from 'react'
import type { LineOrigin } from '../../view/panels/line-source.ts'

const origins: readonly { readonly id: LineOrigin; readonly label: string }[] = [
  { id: 'metrics', label: 'Metrics' },
  { id: 'pattern', label: 'Pattern' },
  { id: 'formulas', label: 'Formulas' },
]

/** In which way it is said what the lines of a chart are of, and the fields to say it. */
export function LineOriginChoice(props: {
  readonly value: LineOrigin
  readonly onChange: (origin: LineOrigin) => void
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  const id = useId()
  return (
    <fieldset className={props.className ?? ''}>
      <legend className="mb-1 font-medium">Lines of</legend>
      <div className="mb-2 flex flex-wrap gap-x-4">
        {origins.map((one) => (
          <label className="flex min-h-6 items-center gap-1.5" key={one.id}>
            <input
              checked={one.id === props.value}
              className="size-4 accent-accent"
              name={id}
              onChange={() => props.onChange(one.id)}
              type="radio"
            />
            {one.label}
          </label>
        ))}
      </div>
      {props.children}
    </fieldset>
  )
}
