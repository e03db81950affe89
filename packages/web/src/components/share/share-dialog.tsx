import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { artifactVersionQuery } from '../../api/artifact-queries.ts'
import { ApiError, callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { shareLinksQuery } from '../../api/share-queries.ts'
import { useServices } from '../../services.ts'
import { embedCode, revealedBy, sharedPathOf, shareTargetOf } from '../../view/share/share-target.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Failure } from '../controls/failure.tsx'
import { PasswordField } from './password-field.tsx'
import { ShareLinkList } from './share-link-list.tsx'

const lifetimes = [
  { label: '1 day', days: 1 },
  { label: '7 days', days: 7 },
  { label: '30 days', days: 30 },
  { label: 'no end', days: undefined },
] as const

/** Who sees what is on the page, and links to it: for those who do, and for everybody who gets one. */
export function ShareDialog(props: { readonly address: ProjectAddress; readonly onClose: () => void }): ReactElement {
  const { address } = props
  const { entity, project } = address
  const { queryClient, toasts } = useServices()
  const [days, setDays] = useState<number | undefined>(7)
  const [made, setMade] = useState<{ readonly url: string; readonly password: string }>()
  const [password, setPassword] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const target = shareTargetOf(location.pathname)
  const query = useQuery(shareLinksQuery(address))
  const version = useQuery({
    ...artifactVersionQuery(
      address,
      target.kind === 'artifact' ? target.collection : '',
      target.kind === 'artifact' ? target.version : '',
    ),
    enabled: target.kind === 'artifact',
  })
  const of =
    target.kind === 'artifact' ? version.data && { kind: target.kind, artifactId: version.data.version.id } : target
  const make = async (): Promise<void> => {
    if (of === undefined) return
    setIsBusy(true)
    try {
      const { path } = await callApi('POST /api/projects/{entity}/{project}/share-links', {
        path: { entity, project },
        body: {
          of,
          path: sharedPathOf(location),
          ...(password !== '' && { password }),
          ...(days !== undefined && { expiresAtMs: serverNowMs() + days * 86_400_000 }),
        },
      })
      setMade({ url: new URL(path, location.origin).href, password })
      setPassword('')
      await queryClient.invalidateQueries({ queryKey: ['share-links', entity, project] })
    } catch (error) {
      toasts.showProblem(error)
    } finally {
      setIsBusy(false)
    }
  }
  const isForbidden = query.error instanceof ApiError && query.error.status === 403
  return (
    <Dialog onClose={props.onClose} title="Share">
      <h3 className="font-semibold">Who has access</h3>
      <p className="mt-1 mb-3 text-muted">{query.data ? accessText(query.data, address) : '…'}</p>
      <h3 className="font-semibold">Link for those who have access</h3>
      <CopyLine label="Copy link" text={location.href} />
      <h3 className="mt-3 font-semibold">View-only link</h3>
      {isForbidden && <p className="mt-1 text-muted">You can view this project but not share it.</p>}
      {query.error && !isForbidden && <Failure error={query.error} onRetry={query.refetch} />}
      {query.data && (
        <>
          <p className="mt-1 mb-2">Whoever has it can see, without an account, {revealedBy(target, project)}</p>
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault()
              void make()
            }}
          >
            <label className="flex flex-col gap-1">
              It works for
              <select
                className="control"
                onChange={({ target: { value } }) => setDays(value === '' ? undefined : Number(value))}
                value={days ?? ''}
              >
                {lifetimes.map((one) => (
                  <option key={one.label} value={one.days ?? ''}>
                    {one.label}
                  </option>
                ))}
              </select>
            </label>
            <PasswordField isUseless={query.data.mode === 'open'} onChange={setPassword} value={password} />
            <button className="button" disabled={isBusy || of === undefined} type="submit">
              Make a link
            </button>
          </form>
          {made !== undefined && (
            <div className="mt-2" role="status">
              <p>
                Copy it now: it is not shown again.
                {made.password !== '' && ' Tell the password in another way than the link.'}
              </p>
              <CopyLine label="Copy view-only link" text={made.url} />
            </div>
          )}
          <ShareLinkList address={address} links={query.data.links} />
        </>
      )}
      <h3 className="mt-3 font-semibold">In a notebook</h3>
      <p className="mt-1 text-muted text-sm">
        Notebooks of this machine, and those that the server was told of, can show this page to people with access.
      </p>
      <CopyLine label="Copy code for notebooks" text={embedCode(location.href)} />
    </Dialog>
  )
}

function CopyLine({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <p className="mt-1 flex items-center gap-1">
      <code
        className="min-w-0 flex-1 truncate rounded border border-line bg-panel px-2 py-1 font-mono text-sm"
        title={text}
      >
        {text}
      </code>
      <CopyButton label={label} text={text} />
    </p>
  )
}

function accessText(
  { mode, access }: { readonly mode: 'open' | 'keys'; readonly access: 'private' | 'read' | 'write' },
  { entity }: ProjectAddress,
): string {
  if (mode === 'open')
    return 'This server is open: everybody who reaches it can see and change everything, with any link.'
  const others = {
    private: '',
    read: ' Everybody with an account here can look.',
    write: ' Everybody with an account here can look and change.',
  }
  return `${entity}, its members if it is a team, and admins of this server.${others[access]}`
}
