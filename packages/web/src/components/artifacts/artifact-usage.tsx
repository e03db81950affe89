import type { ArtifactVersionInfo } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { usageSnippets } from '../../view/artifacts/artifact-snippets.ts'
import { CopyButton } from '../controls/copy-button.tsx'

/** How a program uses this version. */
export function ArtifactUsage({ version }: { readonly version: ArtifactVersionInfo }): ReactElement {
  return (
    <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
      {usageSnippets(version, location.origin).map(({ id, label, text }) => (
        <section aria-label={label} className="min-w-0 max-w-3xl rounded-lg border border-line bg-panel" key={id}>
          <div className="flex items-center px-3 pt-1.5">
            <h3 className="font-semibold">{label}</h3>
            <span className="ml-auto">
              <CopyButton label={`Copy: ${label}`} text={text} />
            </span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <pre className="overflow-x-auto px-3 pb-3 font-mono text-sm leading-5" tabIndex={0}>
            {text}
          </pre>
        </section>
      ))}
    </div>
  )
}
