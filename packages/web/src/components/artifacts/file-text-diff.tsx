import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { textQuery } from '../../api/text-query.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { versionCompareCodec } from '../../view/artifacts/compare-state.ts'
import type { ComparedFile } from '../../view/artifacts/compare-versions.ts'
import { Failure } from '../controls/failure.tsx'
import { CodeDiff } from '../files/code-diff.tsx'

/** How the text of a file differs between two versions. */
export function FileTextDiff({ file }: { readonly file: ComparedFile }): ReactElement {
  const [{ isSplit }, store] = useAddress(versionCompareCodec)
  const section = useRef<HTMLElement>(null)
  const [before, after] = [file.before?.url, file.after?.url]
  const isHere = before !== undefined && after !== undefined
  const old = useQuery({ ...textQuery(before ?? ''), enabled: isHere })
  const now = useQuery({ ...textQuery(after ?? ''), enabled: isHere })
  const { error, retry } = stateOfQueries([old, now])
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    void section.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section
      aria-label={`Changes of ${file.path}`}
      className="rounded-lg border border-line bg-panel p-3"
      ref={section}
    >
      <div className="mb-2 flex items-center gap-3">
        <h3 className="min-w-0 truncate font-mono text-sm">{file.path}</h3>
        <button
          aria-pressed={isSplit}
          className="button ml-auto"
          onClick={() => store.update({ isSplit: !isSplit })}
          type="button"
        >
          Side by side
        </button>
      </div>
      {!isHere && <p className="text-muted">This file is not in both versions, or its bytes are elsewhere.</p>}
      {error && <Failure error={error} onRetry={retry} />}
      {isHere && !error && (old.isPending || now.isPending) && (
        <div aria-label="Loading both files" className="skeleton h-40" role="img" />
      )}
      {old.data !== undefined && now.data !== undefined && (
        <CodeDiff
          after={now.data}
          before={old.data}
          label={`Changes of ${file.path}`}
          layout={isSplit ? 'split' : 'unified'}
        />
      )}
    </section>
  )
}
