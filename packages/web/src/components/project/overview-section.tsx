import { type ReactElement, type ReactNode, useId } from 'react'

/** A part of the overview under its heading. */
export function OverviewSection(props: {
  readonly title: string
  /** For links to it. */
  readonly anchor?: string
  readonly actions?: ReactNode
  readonly isDangerous?: boolean
  readonly children: ReactNode
}): ReactElement {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mb-6 scroll-mt-4" id={props.anchor}>
      <div className="mb-2 flex items-center gap-3">
        <h2 className={`font-semibold text-lg ${props.isDangerous ? 'text-bad' : ''}`} id={id}>
          {props.title}
        </h2>
        {props.actions}
      </div>
      <div className={`rounded-lg border bg-panel p-4 ${props.isDangerous ? 'border-bad' : 'border-line'}`}>
        {props.children}
      </div>
    </section>
  )
}
