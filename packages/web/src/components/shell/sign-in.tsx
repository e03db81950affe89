import { type FormEvent, type ReactElement, useState } from 'react'
import { signIn } from '../../api/client.ts'

/** Asks for a key, and loads the page anew with it. */
export function SignIn(): ReactElement {
  const [problem, setProblem] = useState<string>()
  const [isAsking, setIsAsking] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const apiKey = String(new FormData(event.currentTarget).get('apiKey')).trim()
    setIsAsking(true)
    try {
      await signIn(apiKey)
      // Everything that was refused before is asked for again, the live stream too.
      location.reload()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setIsAsking(false)
    }
  }
  return (
    <main className="flex h-dvh items-center justify-center p-6">
      <form className="flex w-full max-w-sm flex-col gap-3" onSubmit={(event) => void submit(event)}>
        <h1 className="flex items-center gap-2 font-semibold text-lg">
          <img alt="" height="24" src="/favicon.svg" width="24" />
          Sign in to Lossline
        </h1>
        <label className="flex flex-col gap-1 text-muted" htmlFor="api-key">
          API key
          <input
            aria-describedby="api-key-help"
            autoComplete="current-password"
            className="rounded border border-line-strong bg-panel px-2 py-1.5 text-ink"
            id="api-key"
            name="apiKey"
            required
            type="password"
          />
        </label>
        <p className="text-muted text-sm" id="api-key-help">
          Whoever runs this server makes keys with <code>lossline user add NAME</code>.
        </p>
        {problem !== undefined && <p role="alert">{problem}</p>}
        <button className="button self-start" disabled={isAsking} type="submit">
          Sign in
        </button>
      </form>
    </main>
  )
}
