import { RotateCcw } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'

/** A setting with where its value comes from, and the way back to that. */
export function SettingRow(props: {
  readonly label: string
  /** Undefined: it is set here. */
  readonly inheritedFrom: string | undefined
  /** What the way back leads to. Default: inherited. */
  readonly resetTo?: string
  readonly onReset: () => void
  readonly children: ReactNode
}): ReactElement {
  const { label, inheritedFrom, resetTo = 'inherited' } = props
  return (
    <fieldset className="border-line border-t py-2.5">
      <legend className="sr-only">{label}</legend>
      <div className="mb-1 flex min-h-6.5 items-center gap-2">
        <span className="font-medium">{label}</span>
        {inheritedFrom === undefined ? (
          <>
            <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
            <button
              aria-label={`Reset ${label} to ${resetTo}`}
              className="icon-button ml-auto"
              onClick={props.onReset}
              title={`Reset to ${resetTo}`}
              type="button"
            >
              <RotateCcw size={14} />
            </button>
          </>
        ) : (
          <span className="ml-auto text-muted text-sm">from the {inheritedFrom}</span>
        )}
      </div>
      {props.children}
    </fieldset>
  )
}
