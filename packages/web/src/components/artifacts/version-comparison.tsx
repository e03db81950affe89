import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { allFilesQuery } from '../../api/all-files.ts'
import { artifactVersionQuery } from '../../api/artifact-queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { versionCompareCodec } from '../../view/artifacts/compare-state.ts'
import { type ChangeKind, compareFiles, compareMetadata, countKinds } from '../../view/artifacts/compare-versions.ts'
import { formatLeaf } from '../../view/run/json-tree.ts'
import { formatNumber } from '../../view/text/format.ts'
import { ErrorMessage } from '../shell/page-message.tsx'
import { ChangeBadge } from './change-badge.tsx'
import { ComparedFiles } from './compared-files.tsx'
import { FileTableDiff } from './file-table-diff.tsx'
import { FileTextDiff } from './file-text-diff.tsx'

/** What is different in a version from another one of its collection: metadata, files, and the text or the rows of a file. */
export function VersionComparison(props: {
  readonly version: ArtifactVersionDetail
  readonly other: string
}): ReactElement {
  const { version, other } = props
  const { entity, project, collection } = version
  const [{ showsSame, file }, store] = useAddress(versionCompareCodec)
  const query = useQuery(artifactVersionQuery({ entity, project }, collection, other))
  const before = query.data?.version
  const metadata = useMemo(
    () => (before ? compareMetadata(before.metadata, version.metadata) : []),
    [before, version.metadata],
  )
  const beforeFiles = useQuery({ ...allFilesQuery(before?.id ?? 0), enabled: before !== undefined })
  const afterFiles = useQuery(allFilesQuery(version.id))
  const files = useMemo(
    () =>
      beforeFiles.data && afterFiles.data ? compareFiles(beforeFiles.data.files, afterFiles.data.files) : undefined,
    [beforeFiles.data, afterFiles.data],
  )
  const error = query.error ?? beforeFiles.error ?? afterFiles.error
  if (error) {
    const retry = (): void => {
      for (const one of [query, beforeFiles, afterFiles]) if (one.error) void one.refetch()
    }
    return <ErrorMessage error={error} onRetry={retry} />
  }
  if (before === undefined || files === undefined) {
    return <div aria-label="Loading both versions" className="skeleton m-4 h-40" role="img" />
  }
  const open = files.find(({ path }) => path === file)
  const shown = metadata.filter(({ kind }) => showsSame || kind !== 'same')
  const isWhole = beforeFiles.data?.isWhole && afterFiles.data?.isWhole
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <p>
          What changed from {before.version} to {version.version}
        </p>
        <label className="inline-flex items-center gap-2">
          <input
            checked={showsSame}
            className="size-4 accent-accent"
            onChange={({ target }) => store.update({ showsSame: target.checked })}
            type="checkbox"
          />
          Show what is the same
        </label>
      </div>
      <section aria-label="Metadata" className="mb-4 rounded-lg border border-line bg-panel pb-2">
        <h3 className="px-3 pt-2.5 pb-1">
          <span className="font-semibold">Metadata</span> <Counts rows={metadata} />
        </h3>
        {shown.length === 0 ? (
          <p className="px-3 text-muted">{metadata.length === 0 ? 'Both have none.' : 'It is the same in both.'}</p>
        ) : (
          <table aria-label="Metadata of both versions" className="w-full table-fixed text-left">
            <thead className="text-muted">
              <tr>
                <th className="px-3 py-1 font-normal">Value</th>
                <th className="w-24 px-3 py-1 font-normal">Change</th>
                <th className="px-3 py-1 font-normal">{before.version}</th>
                <th className="px-3 py-1 font-normal">{version.version}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr className="border-line border-t align-top" key={row.name}>
                  <td className="break-words px-3 py-1">{row.name}</td>
                  <td className="px-3 py-1">
                    <ChangeBadge kind={row.kind} />
                  </td>
                  {[row.before, row.after].map((value, place) => (
                    // Before and after stay where they are.
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    <td className="break-words px-3 py-1 font-mono text-sm" key={place}>
                      {value === undefined ? '–' : formatLeaf(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section aria-label="Files" className="mb-4 rounded-lg border border-line bg-panel pb-2">
        <h3 className="px-3 pt-2.5 pb-1">
          <span className="font-semibold">Files</span> <Counts rows={files} />
        </h3>
        {isWhole === false && (
          <p className="px-3 pb-1 text-waiting">
            Only the first {formatNumber(beforeFiles.data?.files.length ?? 0)} and{' '}
            {formatNumber(afterFiles.data?.files.length ?? 0)} files are compared.
          </p>
        )}
        <ComparedFiles
          after={version}
          before={before}
          files={showsSame ? files : files.filter(({ kind }) => kind !== 'same')}
          onOpen={(path) => store.update({ file: path === file ? undefined : path })}
          open={file}
        />
      </section>
      {open?.path.endsWith('.table.json') && (
        <FileTableDiff after={version} before={before} key={open.path} path={open.path} />
      )}
      {open && !open.path.endsWith('.table.json') && <FileTextDiff file={open} key={open.path} />}
    </div>
  )
}

const kinds: readonly ChangeKind[] = ['added', 'removed', 'changed', 'same']

function Counts({ rows }: { readonly rows: readonly { readonly kind: ChangeKind }[] }): ReactElement {
  const counts = countKinds(rows)
  const words = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${formatNumber(counts[kind])} ${kind}`)
  return <span className="text-muted text-sm">{words.join(', ')}</span>
}
