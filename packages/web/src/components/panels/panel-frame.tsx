import { type ReactElement, type ReactNode, useId } from 'react'

/** The frame of a panel: its heading with what can be done, and what it shows. */
export function PanelFrame(props: {
  readonly title: string
  /** What it shows, in words. */
  readonly summary: string
  /** Beside the title, such as the step that is shown. */
  readonly note?: ReactNode
  readonly menu: ReactNode
  readonly children: ReactNode
}): ReactElement {
  const titleId = useId()
  const summaryId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups a figure with its controls.
    <div
      aria-describedby={summaryId}
      aria-labelledby={titleId}
      className="group flex h-full min-w-0 flex-col rounded-lg border border-line bg-panel focus-within:border-line-strong"
      role="group"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 pr-1.5 pl-3">
        <h3 className="min-w-0 truncate font-medium" id={titleId} title={props.title}>
          {props.title}
        </h3>
        {props.note !== undefined && <span className="shrink-0 text-muted text-sm">{props.note}</span>}
        <div className="ml-auto flex shrink-0 items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          {props.menu}
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-auto">{props.children}</div>
      <p className="sr-only" id={summaryId}>
        {props.summary}
      </p>
    </div>
  )
}
