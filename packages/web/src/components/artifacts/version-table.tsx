import type { ArtifactVersionInfo } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatAgo, formatCount, formatDateTime } from '../../view/text/format.ts'
import { Labels, RunLink, VersionLink } from './version-link.tsx'

/** Versions below each other, with what tells them apart. */
export function VersionTable(props: {
  readonly versions: readonly ArtifactVersionInfo[]
  readonly label: string
}): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="overflow-x-auto" tabIndex={0}>
      <table aria-label={props.label} className="w-full min-w-[36rem] text-left">
        <thead className="text-muted">
          <tr>
            <th className="px-3 py-1.5 font-normal">Version</th>
            <th className="px-3 py-1.5 font-normal">Type</th>
            <th className="px-3 py-1.5 font-normal">Aliases, tags</th>
            <th className="px-3 py-1.5 text-right font-normal">Size</th>
            <th className="px-3 py-1.5 text-right font-normal">Files</th>
            <th className="px-3 py-1.5 font-normal">Created</th>
            <th className="px-3 py-1.5 font-normal">Made by</th>
          </tr>
        </thead>
        <tbody>
          {props.versions.map((version) => (
            <tr className="border-line border-t hover:bg-hover" key={version.id}>
              <td className="px-3 py-1.5">
                <VersionLink version={version} />
              </td>
              <td className="px-3 py-1.5">{version.type}</td>
              <td className="px-3 py-1.5">
                <Labels version={version} />
              </td>
              <td className="whitespace-nowrap px-3 py-1.5 text-right">{formatBytes(version.sizeBytes)}</td>
              <td className="px-3 py-1.5 text-right" title={formatCount(version.fileCount, 'file')}>
                {version.fileCount.toLocaleString('en-US')}
              </td>
              <td className="whitespace-nowrap px-3 py-1.5" title={formatDateTime(version.createdAtMs)}>
                {formatAgo(version.createdAtMs, serverNowMs())}
              </td>
              <td className="max-w-48 px-3 py-1.5">
                {version.createdBy ? <RunLink run={version.createdBy} /> : <span className="text-muted">–</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
