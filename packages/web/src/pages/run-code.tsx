import type { RunFilesResponse } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type ReactElement, useMemo } from 'react'
import { runFilesQuery } from '../api/media-queries.ts'
import { runsQuery } from '../api/queries.ts'
import { textQuery } from '../api/text-query.ts'
import { CopyButton } from '../components/controls/copy-button.tsx'
import { Failure } from '../components/controls/failure.tsx'
import { CodeText } from '../components/files/code-text.tsx'
import { PatchText } from '../components/files/patch-text.tsx'
import { RunFileDiff } from '../components/files/run-file-diff.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { codeCodec, codeFiles, codeTitle, isPatch } from '../view/run/run-code.ts'
import { formatNumber } from '../view/text/format.ts'
import { useOpenRun } from './run-page.tsx'

type File = RunFilesResponse['files'][number]
const otherRunsMax = 200

/** The program of a run as it was, what was not committed, and how both differ from another run's. */
export function RunCode(): ReactElement {
  const { address, run } = useOpenRun()
  const [state, store] = useAddress(codeCodec)
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery(runFilesQuery(at))
  const others = useQuery(runsQuery(address, {}, 0, otherRunsMax))
  const files = useMemo(() => codeFiles(query.data?.files ?? [], run.metadata), [query.data, run.metadata])
  const open = files.find(({ name }) => name === state.file) ?? files[0]
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading code" className="skeleton m-4 h-40" role="img" />
  if (!open) {
    return (
      <PageMessage title="This run saved no code">
        <p>
          In JavaScript, <code>await run.logCode()</code> logs the source files as an artifact, which is under Artifacts
          of the run. In Python, W&B’s client saves the main program with <code>wandb.init(save_code=True)</code> or{' '}
          <code>WANDB_SAVE_CODE=true</code>, and changes that are not committed as <code>diff.patch</code>.
        </p>
        <GuideLink to="artifacts#models-code-and-files">Logging code</GuideLink>
      </PageMessage>
    )
  }
  const listed = others.data?.runs.filter(({ runId }) => runId !== run.runId) ?? []
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
      <h2 className="sr-only">Code</h2>
      <div className="flex flex-wrap items-center gap-3 py-2">
        <select
          aria-label="File"
          className="control max-w-80 font-mono text-sm"
          onChange={({ target }) => store.update({ file: target.value })}
          value={open.name}
        >
          {files.map(({ name }) => (
            <option key={name} value={name}>
              {codeTitle(name)}
            </option>
          ))}
        </select>
        <label className="flex items-center gap-2">
          <span className="text-muted">Compare with</span>
          <select
            className="control max-w-64"
            onChange={({ target }) => store.update({ otherId: target.value || undefined })}
            value={state.otherId ?? ''}
          >
            <option value="">no other run</option>
            {state.otherId !== undefined && !listed.some(({ runId }) => runId === state.otherId) && (
              <option value={state.otherId}>{state.otherId}</option>
            )}
            {listed.map(({ runId, displayName }) => (
              <option key={runId} value={runId}>
                {displayName} ({runId})
              </option>
            ))}
          </select>
        </label>
        {(others.data?.total ?? 0) > otherRunsMax && (
          <span className="text-muted text-sm">
            the newest {otherRunsMax} of {formatNumber(others.data?.total ?? 0)} runs
          </span>
        )}
        {state.otherId !== undefined && (
          <button
            aria-pressed={state.isSplit}
            className="button"
            onClick={() => store.update({ isSplit: !state.isSplit })}
            type="button"
          >
            Side by side
          </button>
        )}
        <a
          aria-label={`Download ${codeTitle(open.name)}`}
          className="icon-button ml-auto"
          download={open.name.slice(open.name.lastIndexOf('/') + 1)}
          href={open.url}
          title="Download"
        >
          <Download size={14} />
        </a>
      </div>
      {state.otherId === undefined ? (
        <OpenFile file={open} key={open.name} />
      ) : (
        <RunFileDiff
          after={at}
          before={{ ...address, runId: state.otherId }}
          layout={state.isSplit ? 'split' : 'unified'}
          name={open.name}
        />
      )}
    </div>
  )
}

function OpenFile({ file }: { readonly file: File }): ReactElement {
  const query = useQuery(textQuery(file.url))
  const title = codeTitle(file.name)
  if (query.error) return <Failure error={query.error} onRetry={query.refetch} />
  if (query.isPending) return <div aria-label="Loading the file" className="skeleton h-40" role="img" />
  if (query.data === '') return <p className="text-muted">This file is empty.</p>
  return (
    <>
      <p className="mb-1 flex items-center gap-1">
        <span className="font-mono text-sm">{title}</span>
        <CopyButton label={`Copy ${title}`} text={query.data} />
      </p>
      {isPatch(file.name) ? (
        <PatchText label={title} text={query.data} />
      ) : (
        <CodeText label={title} text={query.data} />
      )}
    </>
  )
}
