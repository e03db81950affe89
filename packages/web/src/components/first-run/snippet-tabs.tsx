import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactElement, useId, useState } from 'react'
import { statusQuery } from '../../api/queries.ts'
import type { SnippetKey } from '../../hooks/shell/use-snippet-key.ts'
import {
  existingJavascriptSnippet,
  existingPythonSnippet,
  importWays,
  javascriptSnippet,
  pythonSnippet,
} from '../../view/first-run/snippets.ts'
import { CodeBlock } from './code-block.tsx'

type Tab = 'javascript' | 'python' | 'import'
const tabs: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: 'javascript', label: 'JavaScript' },
  { id: 'python', label: 'Python' },
  { id: 'import', label: 'Import' },
]

/** Programs to copy, with address and key filled in, and ways to bring in what there is. */
export function SnippetTabs({
  project,
  snippetKey,
}: {
  readonly project: string
  readonly snippetKey: SnippetKey
}): ReactElement {
  const [tab, setTab] = useState<Tab>('javascript')
  const { data: status } = useQuery(statusQuery)
  const id = useId()
  const options = { serverUrl: location.origin, project, apiKey: snippetKey.apiKey }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    const next = tabs[(tabs.findIndex((one) => one.id === tab) + by + tabs.length) % tabs.length]
    if (next) setTab(next.id)
    document.getElementById(`${id}-${next?.id}`)?.focus()
  }
  return (
    <>
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
        className="rounded-lg rounded-tl-none border border-line bg-panel"
        id={`${id}-panel`}
        role="tabpanel"
      >
        {snippetKey.make !== undefined && !snippetKey.isMade && (
          <p className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2.5">
            <span className="min-w-48 flex-1 text-muted">This server asks for a key. Keys are shown once.</span>
            <button className="button" onClick={snippetKey.make} type="button">
              Make a key and fill it in
            </button>
          </p>
        )}
        {tab === 'import' ? (
          importWays({ ...options, runsDirectory: runsDirectoryOf(status?.dataDirectory) }).map(
            ({ title, text, command }) => (
              <section className="border-line border-t py-3 first:border-t-0" key={title}>
                <h2 className="px-4 font-medium">{title}</h2>
                <p className="px-4 text-muted">{text}</p>
                <CodeBlock label={`Copy the command for: ${title}`} text={command} />
              </section>
            ),
          )
        ) : (
          <>
            <CodeBlock
              label="Copy the code"
              text={tab === 'python' ? pythonSnippet(options) : javascriptSnippet(options)}
            />
            <section className="border-line border-t pt-3">
              <h2 className="px-4 font-medium">
                Code that logs with <code className="font-mono">{tab === 'python' ? 'wandb' : 'lossline'}</code> already
              </h2>
              <p className="px-4 text-muted">It stays as it is; only where it sends to is set.</p>
              <CodeBlock
                label="Copy the settings"
                text={tab === 'python' ? existingPythonSnippet(options) : existingJavascriptSnippet(options)}
              />
            </section>
          </>
        )}
      </div>
    </>
  )
}

/** Where a server looks for run folders; undefined where it does not tell its data folder. */
function runsDirectoryOf(dataDirectory: string | undefined): string | undefined {
  return dataDirectory === undefined ? undefined : `${dataDirectory}/runs`
}
