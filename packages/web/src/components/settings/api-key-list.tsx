import type { ApiKeyInfo, NewApiKeyResponse } from '@lossline/protocol'
import { type FormEvent, type ReactElement, useState } from 'react'
import { accountQuery } from '../../api/account-queries.ts'
import { callApi } from '../../api/client.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { createAttempt } from '../../hooks/create-attempt.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatDateTime } from '../../view/text/format.ts'
import { NewKey } from './new-key.tsx'

/** When a key was used last, by a program or by a browser that signed in with it. */
function LastUse({ atMs }: { readonly atMs: number | null }): ReactElement {
  if (atMs === null) return <span className="text-muted">never used</span>
  return (
    <span className="text-muted" title={formatDateTime(atMs)}>
      last used {formatAgo(atMs, serverNowMs())}
    </span>
  )
}

/** Somebody's keys: what there are, a new one, and the end of one. */
export function ApiKeyList({ keys }: { readonly keys: readonly ApiKeyInfo[] }): ReactElement {
  const { queryClient, toasts, confirm } = useServices()
  const refusal = useRefusal()
  const [description, setDescription] = useState('')
  const [scope, setScope] = useState<ApiKeyInfo['scope']>('write')
  const [made, setMade] = useState<NewApiKeyResponse>()
  const attempt = createAttempt(toasts, () => queryClient.invalidateQueries({ queryKey: accountQuery.queryKey }))
  const make = (event: FormEvent): void => {
    event.preventDefault()
    void attempt(async () => {
      setMade(await callApi('POST /api/account/keys', { body: { description: description.trim(), scope } }))
      setDescription('')
    })
  }
  const remove = async (key: ApiKeyInfo): Promise<void> => {
    const isMeant = await confirm.ask({
      title: `Take the key ${key.prefix}… away?`,
      text: 'Programs that use it cannot send any more, and browsers that signed in with it are signed out. Runs keep their data on disk.',
      action: 'Take away',
    })
    if (isMeant) await attempt(() => callApi('DELETE /api/account/keys/{key}', { path: { key: key.id } }))
  }
  return (
    <>
      <h2 className="mb-2 font-semibold text-lg">API keys</h2>
      <ul className="mb-4 rounded-lg border border-line bg-panel">
        {keys.map((key) => (
          <li
            className="flex flex-wrap items-baseline gap-x-4 border-line border-t px-4 py-2 first:border-t-0"
            key={key.id}
          >
            <code className="font-mono">{key.prefix}…</code>
            <span className="min-w-0 flex-1 break-words">{key.description}</span>
            <span className="text-muted">{key.scope === 'read' ? 'may only read' : 'may read and write'}</span>
            <span className="text-muted" title={formatDateTime(key.createdAtMs)}>
              made {formatAgo(key.createdAtMs, serverNowMs())}
            </span>
            <LastUse atMs={key.lastUsedAtMs} />
            <button
              aria-label={`Take away the key ${key.prefix}`}
              className="link-text"
              disabled={refusal !== undefined}
              onClick={() => void remove(key)}
              title={refusal}
              type="button"
            >
              Take away
            </button>
          </li>
        ))}
        {keys.length === 0 && <li className="px-4 py-3 text-muted">No key. Programs cannot log as you.</li>}
      </ul>
      {made && <NewKey apiKey={made.apiKey} onClose={() => setMade(undefined)} />}
      <form className="flex flex-wrap items-end gap-2" onSubmit={make}>
        <label className="flex flex-col gap-1">
          What it is for
          <input
            className="control w-64 max-w-full"
            maxLength={200}
            onChange={({ target }) => setDescription(target.value)}
            placeholder="laptop, cluster …"
            type="text"
            value={description}
          />
        </label>
        <label className="flex flex-col gap-1">
          It may
          <select
            className="control"
            onChange={({ target }) => setScope(target.value === 'read' ? 'read' : 'write')}
            value={scope}
          >
            <option value="write">read and write</option>
            <option value="read">only read</option>
          </select>
        </label>
        <button className="button" disabled={refusal !== undefined} title={refusal} type="submit">
          Make a key
        </button>
      </form>
    </>
  )
}
