import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { CopyButton } from '../components/controls/copy-button.tsx'
import { useSnippetKey } from '../hooks/shell/use-snippet-key.ts'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { anyKey, loginCommand, losslineLoginCommand } from '../view/first-run/snippets.ts'

/** Where clients send people for a key, as W&B's login does. */
export function AuthorizePage(): ReactElement {
  useDocumentTitle('API key')
  const session = useQuery(sessionQuery)
  return (
    <main className="flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-2xl px-4 py-10">
        {session.data?.user && session.data.mode === 'keys' && <OwnKey name={session.data.user.name} />}
        {session.data?.sharedKind !== undefined && <NoAccount />}
        {session.data?.mode === 'open' && <AnyKey />}
        <Link className="button mt-8" to="/">
          All projects
        </Link>
      </div>
    </main>
  )
}

/** Somebody who has followed a link. */
function NoAccount(): ReactElement {
  return (
    <>
      <h1 className="mb-1 font-semibold text-xl">Keys belong to accounts</h1>
      <p className="mb-6 text-muted">
        You have followed a link, which lets you look without an account. Leave what was shared to sign in with a key of
        your own; whoever runs this server makes the first one.
      </p>
    </>
  )
}

/** Keys are not kept in full, so there is none to show: one is made. */
function OwnKey({ name }: { readonly name: string }): ReactElement {
  const { apiKey, isMade, make } = useSnippetKey('login')
  return (
    <>
      <h1 className="mb-1 font-semibold text-xl">Your API key</h1>
      <p className="mb-6 text-muted">
        A program with this key logs as {name}. Keys are shown once and not kept in full: if you have none at hand, make
        one, and take others away in your account.
      </p>
      {isMade ? (
        <div role="status">
          <Copyable label="Copy the key" text={apiKey ?? ''} />
          <p className="mt-2 text-muted">Copy it now, and paste it where the program asks for it.</p>
        </div>
      ) : (
        <button className="button" onClick={make} type="button">
          Make a key
        </button>
      )}
      <LoginCommands />
      <Link className="button mt-8 mr-2" to="/settings">
        Your keys
      </Link>
    </>
  )
}

/** There is none to fetch, and this says what to give instead. */
function AnyKey(): ReactElement {
  return (
    <>
      <h1 className="mb-1 font-semibold text-xl">No key is needed here</h1>
      <p className="mb-6 text-muted">
        This server is in open mode: it accepts any key. Lossline’s own client needs none. W&B’s client insists on one
        of 40 characters or more; any text of that length will do, for example this.
      </p>
      <Copyable label="Copy the key" text={anyKey} />
      <LoginCommands />
    </>
  )
}

function LoginCommands(): ReactElement {
  const options = { serverUrl: location.origin }
  return (
    <>
      <h2 className="mt-6 mb-2 font-medium">Log in once, for every program on that machine</h2>
      <p className="mb-2 text-muted">It asks for the key:</p>
      <Copyable label="Copy the command for W&B’s client" text={loginCommand(options)} />
      <p className="mt-3 mb-2 text-muted">The same for Lossline’s client:</p>
      <Copyable label="Copy the command for Lossline" text={losslineLoginCommand(options)} />
    </>
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
