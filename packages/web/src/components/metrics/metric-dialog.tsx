import type { MetricNoteEdit, MetricNoteResponse, OwnMetricNote } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { metricNoteQuery } from '../../api/metric-note-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { createMetricDraft, type MetricDraft, toMetricEdit } from '../../view/workspace/metric-draft.ts'
import { metricNoteWrite } from '../../view/writes/run-writes.ts'
import { Dialog } from '../controls/dialog.tsx'
import { ErrorMessage } from '../shell/page-message.tsx'
import { MetricFields } from './metric-fields.tsx'

/** Says what a metric tells, its unit and which of its values are good; for everybody in the project. */
export function MetricDialog(props: {
  readonly address: ProjectAddress
  /** At least one; of several somebody chooses. */
  readonly metrics: readonly { readonly key: string; readonly title: string }[]
  readonly onClose: () => void
}): ReactElement {
  const { address, metrics, onClose } = props
  const [key, setKey] = useState(metrics[0]?.key ?? '')
  const chosen = metrics.find((metric) => metric.key === key)
  const note = useQuery(metricNoteQuery(address, key))
  return (
    <Dialog onClose={onClose} title={`About ${chosen?.title ?? key}`}>
      {metrics.length > 1 && (
        <label className="mb-3 flex flex-col gap-1">
          Metric
          <select className="control" onChange={({ target }) => setKey(target.value)} value={key}>
            {metrics.map((metric) => (
              <option key={metric.key} value={metric.key}>
                {metric.title}
              </option>
            ))}
          </select>
        </label>
      )}
      {note.data ? (
        <MetricForm address={address} key={key} note={note.data} onClose={onClose} />
      ) : note.error ? (
        <ErrorMessage error={note.error} onRetry={() => void note.refetch()} />
      ) : (
        <div aria-label="Loading what is said of it" className="skeleton h-72" role="img" />
      )}
    </Dialog>
  )
}

function MetricForm(props: {
  readonly address: ProjectAddress
  readonly note: MetricNoteResponse
  readonly onClose: () => void
}): ReactElement {
  const { address, note, onClose } = props
  const { toasts, writes } = useServices()
  const refusal = useRefusal()
  const [draft, setDraft] = useState<MetricDraft>(() => createMetricDraft(note.own))
  const [isSaving, setIsSaving] = useState(false)
  const edit = toMetricEdit(note.own, draft)
  const save = (fields: Omit<MetricNoteEdit, 'metric'>) =>
    writes.submit(metricNoteWrite(address, { metric: note.metric, ...fields }))
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (edit === undefined) return onClose()
    setIsSaving(true)
    const outcome = await save(edit)
    setIsSaving(false)
    // What was refused has been told.
    if (outcome.kind === 'refused') return
    onClose()
    if (outcome.kind === 'sent') toasts.show('Saved for everybody in the project', () => save(before(note.own)))
    else toasts.show('It is saved for everybody in the project once the server is back')
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <MetricFields
        draft={draft}
        isDisabled={refusal !== undefined}
        ofRuns={note.ofRuns}
        onChange={setDraft}
        own={note.own}
      />
      <p className="mt-3 text-muted text-sm">
        {refusal ?? 'What is said here holds for everybody in the project, before what runs say with defineMetric.'}
        {note.own.said && ` ${note.own.said.username} said something last.`}
      </p>
      <div className="mt-3 flex justify-end">
        <button className="button" disabled={refusal !== undefined || isSaving} type="submit">
          Save
        </button>
      </div>
    </form>
  )
}

function before({ description, unit, goal }: OwnMetricNote): Omit<MetricNoteEdit, 'metric'> {
  return { description, unit, goal }
}
