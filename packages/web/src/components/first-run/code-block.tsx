import type { ReactElement } from 'react'
import { CopyButton } from '../controls/copy-button.tsx'

/** A text to be copied whole. @param props.label - Of the button. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div className="relative">
      <div className="absolute top-1.5 right-1.5 rounded bg-panel">
        <CopyButton label={label} text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <pre className="overflow-x-auto py-2.5 pr-12 pl-4 font-mono text-sm leading-5" tabIndex={0}>
        {text}
      </pre>
    </div>
  )
}
