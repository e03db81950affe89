import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { projectEditWrite } from '../../view/writes/run-writes.ts'
import { Markdown } from '../controls/markdown.tsx'
import { OverviewSection } from './overview-section.tsx'

/** What a project is about, in Markdown. */
export function DescriptionEditor({
  address,
  description,
}: {
  readonly address: ProjectAddress
  readonly description: string
}): ReactElement {
  const { writes, toasts } = useServices()
  const refusal = useRefusal()
  const [draft, setDraft] = useState<string>()
  const save = (text: string) => writes.submit(projectEditWrite(address, { description: text }))
  const submit = async (): Promise<void> => {
    const text = draft ?? ''
    setDraft(undefined)
    const { kind } = await save(text)
    if (kind === 'sent') toasts.show('Description saved', () => save(description))
    // What was written is not lost with the answer.
    if (kind === 'refused') setDraft((other) => other ?? text)
  }
  if (draft !== undefined) {
    return (
      <OverviewSection title="Description">
        <label className="flex flex-col gap-1">
          <span className="text-muted">Markdown</span>
          <textarea
            // biome-ignore lint/a11y/noAutofocus: it appears because somebody wants to write now.
            autoFocus
            className="min-h-48 w-full rounded-md border border-line-strong bg-panel p-3 font-mono text-sm"
            onChange={({ target }) => setDraft(target.value)}
            value={draft}
          />
        </label>
        <div className="mt-3 flex gap-2">
          <button className="button" onClick={() => void submit()} type="button">
            Save
          </button>
          <button className="button" onClick={() => setDraft(undefined)} type="button">
            Cancel
          </button>
        </div>
      </OverviewSection>
    )
  }
  return (
    <OverviewSection
      actions={
        <button
          className="link-text"
          disabled={refusal !== undefined}
          onClick={() => setDraft(description)}
          title={refusal}
          type="button"
        >
          {description === '' ? 'Write one' : 'Edit'}
        </button>
      }
      title="Description"
    >
      {description === '' ? (
        <p className="text-muted">Nobody has written yet what this project is about.</p>
      ) : (
        <Markdown headingLevel={1} text={description} />
      )}
    </OverviewSection>
  )
}
