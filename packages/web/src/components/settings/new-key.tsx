import type { ReactElement } from 'react'
import { CopyButton } from '../controls/copy-button.tsx'

/** A key that was just made; it is shown this once. */
export function NewKey({ apiKey, onClose }: { readonly apiKey: string; readonly onClose: () => void }): ReactElement {
  return (
    <div className="mb-4 rounded-lg border border-accent bg-panel p-4" role="status">
      <p className="mb-2">Copy the key now: it is shown this once and not kept anywhere in full.</p>
      <p className="flex items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded bg-hover px-2 py-1 font-mono">{apiKey}</code>
        <CopyButton label="Copy the key" text={apiKey} />
      </p>
      <button className="button mt-3" onClick={onClose} type="button">
        I have it
      </button>
    </div>
  )
}
