import { type ReactElement, useEffect } from 'react'
import { SnippetTabs } from '../components/first-run/snippet-tabs.tsx'
import { WaitingHelp } from '../components/first-run/waiting-help.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { SampleOffer } from '../components/sample/sample-offer.tsx'
import { useSnippetKey } from '../hooks/shell/use-snippet-key.ts'
import { useServices } from '../services.ts'

/** How to log a first run. Goes away by itself when one arrives. */
export function FirstRun(props: {
  readonly project?: string
  /** Whether the sample project is offered too. */
  readonly hasSample?: boolean
}): ReactElement {
  const { project = 'my-project', hasSample = false } = props
  const { hints } = useServices()
  const snippetKey = useSnippetKey('first run')
  useEffect(() => hints.begin(), [hints])
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-10">
      <h1 className="mb-1 flex items-center gap-3 font-semibold text-xl">
        <span aria-hidden="true" className="live-dot size-2.5 rounded-full bg-live" />
        Waiting for your first run
      </h1>
      <p className="mb-6 text-muted">
        Run one of these; this page turns into its charts as soon as the first values arrive.
      </p>
      <SnippetTabs project={project} snippetKey={snippetKey} />
      <WaitingHelp />
      <GuideLink to="runs">Making a run</GuideLink>
      {hasSample && <SampleOffer className="mt-6" />}
    </div>
  )
}
