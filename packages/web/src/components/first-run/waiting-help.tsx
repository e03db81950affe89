import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import { refusalsQuery } from '../../api/refusal-queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { tellRefusal } from '../../view/first-run/refusal-words.ts'
import { formatAgo } from '../../view/text/format.ts'

/** After this long something may be in the way. */
const checklistAfterMs = 60_000

/** What is in the way of a first run: what the server has noticed, at once, and after a while what else it may be. */
export function WaitingHelp(): ReactElement {
  const [isLate, setIsLate] = useState(false)
  const { data } = useQuery(refusalsQuery)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), checklistAfterMs)
    return () => clearTimeout(timer)
  }, [])
  const refusals = data?.refusals ?? []
  return (
    <div aria-live="polite">
      {refusals.length > 0 && (
        <section className="mt-6 rounded-lg border border-waiting bg-waiting-surface px-4 py-3">
          <h2 className="mb-1 font-medium">Something came, and was turned away</h2>
          <ul className="space-y-2">
            {refusals.map((refusal) => {
              const { what, remedy } = tellRefusal(refusal, location.origin)
              return (
                <li key={`${refusal.kind} ${refusal.client} ${refusal.host}`}>
                  <p className="break-words">
                    {what} <span className="text-muted">{formatAgo(refusal.lastAtMs, serverNowMs())}</span>
                  </p>
                  <p className="break-words text-muted">{remedy}</p>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {isLate && <Checklist />}
    </div>
  )
}

function Checklist(): ReactElement {
  const port = location.port || '80'
  return (
    <section className="mt-6 text-muted">
      <h2 className="mb-1 font-medium text-text">Nothing yet? Things to look at</h2>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          Does the training machine reach this server? There, <Command text={`curl ${location.origin}/healthz`} />{' '}
          answers “ok”.
        </li>
        <li>
          If not, forward the port to it: <Command text={`ssh -R ${port}:${location.hostname}:${port} user@machine`} />
        </li>
        <li>
          A run made offline stays in its folder. <em>Import</em>, above, has the commands that send it.
        </li>
        <li>The program’s own output says which server it talks to, and why if it cannot.</li>
      </ul>
    </section>
  )
}

function Command({ text }: { readonly text: string }): ReactElement {
  return <code className="break-all font-mono text-text">{text}</code>
}
