import type { ArtifactVersionDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useArtifactActions } from '../../hooks/artifacts/use-artifact-actions.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { inherited, lifetimeChoices } from '../../view/artifacts/lifetime.ts'
import { formatDateTime } from '../../view/text/format.ts'

/** How long a version is kept. */
export function Lifetime({ version }: { readonly version: ArtifactVersionDetail }): ReactElement {
  const actions = useArtifactActions()
  const refusal = useRefusal()
  const { ttlSeconds, createdAtMs } = version
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <select
        aria-label="Lifetime"
        className="control max-w-full"
        disabled={refusal !== undefined}
        onChange={({ target }) => void actions.change(version, { ttlSeconds: Number(target.value) })}
        title={refusal}
        value={ttlSeconds ?? inherited}
      >
        {lifetimeChoices(ttlSeconds).map(([seconds, label]) => (
          <option key={seconds} value={seconds}>
            {label}
          </option>
        ))}
      </select>
      {ttlSeconds !== null && ttlSeconds > 0 && (
        <span className="text-muted">
          Goes after {formatDateTime(createdAtMs + ttlSeconds * 1000)}, unless others link or refer to it
        </span>
      )}
    </span>
  )
}
