import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { existingCodeSnippet, javascriptSnippet, pythonSnippet } from '../view/snippets.ts'

type Tab = 'javascript' | 'python' | 'existing'
const tabs: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: 'javascript', label: 'JavaScript' },
  { id: 'python', label: 'Python' },
  { id: 'existing', label: 'Existing wandb code' },
]
/** After this long something may be in the way. */
const checklistAfterMs = 60_000

/** How to log a first run. Goes away by itself when one arrives. */
export function FirstRun({ project = 'my-project' }: { readonly project?: string }): ReactElement {
  const [tab, setTab] = useState<Tab>('javascript')
  const [isLate, setIsLate] = useState(false)
  const id = useId()
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), checklistAfterMs)
    return () => clearTimeout(timer)
  }, [])
  const options = { serverUrl: location.origin, project }
  const snippets: Record<Tab, string> = {
    javascript: javascriptSnippet(options),
    python: pythonSnippet(options),
    existing: existingCodeSnippet(options),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    const next = tabs[(tabs.findIndex((one) => one.id === tab) + by + tabs.length) % tabs.length]
    if (next) setTab(next.id)
    document.getElementById(`${id}-${next?.id}`)?.focus()
  }
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-10">
      <h1 className="mb-1 flex items-center gap-3 font-semibold text-xl">
        <span aria-hidden="true" className="live-dot size-2.5 rounded-full bg-live" />
        Waiting for your first run
      </h1>
      <p className="mb-6 text-muted">
        Run one of these; this page turns into its charts as soon as the first values arrive.
      </p>
      <div aria-label="Language" className="flex gap-1" onKeyDown={onKeyDown} role="tablist">
        {tabs.map((one) => (
          <button
            aria-controls={`${id}-panel`}
            aria-selected={tab === one.id}
            className="h-8 rounded-t-md border border-transparent border-b-0 px-3 text-muted hover:text-text aria-selected:border-line aria-selected:bg-panel aria-selected:font-medium aria-selected:text-text"
            id={`${id}-${one.id}`}
            key={one.id}
            onClick={() => setTab(one.id)}
            role="tab"
            tabIndex={tab === one.id ? 0 : -1}
            type="button"
          >
            {one.label}
          </button>
        ))}
      </div>
      <div
        aria-labelledby={`${id}-${tab}`}
        className="relative rounded-lg rounded-tl-none border border-line bg-panel"
        id={`${id}-panel`}
        role="tabpanel"
      >
        <div className="absolute top-2 right-2">
          <CopyButton label="Copy the code" text={snippets[tab]} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
        <pre className="overflow-x-auto p-4 pr-12 font-mono text-sm leading-5" tabIndex={0}>
          {snippets[tab]}
        </pre>
      </div>
      {isLate && <Checklist />}
    </div>
  )
}

function Checklist(): ReactElement {
  return (
    <section className="mt-6 text-muted">
      <h2 className="mb-1 font-medium text-text">Nothing yet? Three things to look at</h2>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          Training on another machine? It must reach this address. Forward the port with{' '}
          <code className="font-mono text-text">
            ssh -R {location.port || '80'}:127.0.0.1:{location.port || '80'} user@machine
          </code>
        </li>
        <li>
          A run made offline stays in its folder until <code className="font-mono text-text">lossline sync</code> sends
          it.
        </li>
        <li>The program’s own output says which server it talks to, and why if it cannot.</li>
      </ul>
    </section>
  )
}
