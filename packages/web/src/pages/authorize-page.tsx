import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { anyKey, loginCommand } from '../view/snippets.ts'

/** Where W&B's client sends people for a key: there is none to fetch, and this says what to give instead. */
export function AuthorizePage(): ReactElement {
  useDocumentTitle('API key')
  return (
    <main className="flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-2xl px-4 py-10">
        <h1 className="mb-1 font-semibold text-xl">No key is needed here</h1>
        <p className="mb-6 text-muted">
          This server is in open mode: it accepts any key. Lossline’s own client needs none. W&B’s client insists on one
          of 40 characters or more; any text of that length will do, for example this.
        </p>
        <Copyable label="Copy the key" text={anyKey} />
        <h2 className="mt-6 mb-2 font-medium">Log in once, for every program on that machine</h2>
        <Copyable label="Copy the command" text={loginCommand({ serverUrl: location.origin })} />
        <Link className="button mt-8" to="/">
          All projects
        </Link>
      </div>
    </main>
  )
}

function Copyable({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div className="flex items-start gap-2 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-4">
      <code className="min-w-0 flex-1 break-all py-0.5 font-mono text-sm leading-5">{text}</code>
      <CopyButton label={label} text={text} />
    </div>
  )
}
