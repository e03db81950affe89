import type { SweepDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useSweepActions } from '../../hooks/sweeps/use-sweep-actions.ts'
import { Markdown } from '../controls/markdown.tsx'
import { EditableText } from '../run/editable-text.tsx'

/** What people have written about a sweep, in Markdown. */
export function SweepDescription(props: {
  readonly address: ProjectAddress
  readonly sweep: Pick<SweepDetail, 'name' | 'description'>
}): ReactElement {
  const { name, description } = props.sweep
  const actions = useSweepActions(props.address)
  return (
    <section aria-label="Description" className="rounded-lg border border-line bg-panel p-3">
      <h2 className="mb-1 font-semibold">Description</h2>
      <EditableText
        isLong
        label="description"
        onSave={(text) => void actions.change(name, { description: text }, 'Description saved.')}
        value={description}
      >
        {description === '' ? (
          <p className="text-muted">None.</p>
        ) : (
          <div className="min-w-0">
            <Markdown headingLevel={2} text={description} />
          </div>
        )}
      </EditableText>
    </section>
  )
}
