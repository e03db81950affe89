import type { ArtifactVersionInfo } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { serverNowMs } from '../api/server-clock.ts'
import { formatBytes } from '../view/bytes.ts'
import { formatAgo, formatCount, formatDateTime } from '../view/format.ts'
import { Labels, VersionLink } from './version-link.tsx'

/** Versions below each other, with what tells them apart. */
export function VersionTable(props: {
  readonly versions: readonly ArtifactVersionInfo[]
  readonly label: string
}): ReactElement {
  return (
    <div className="overflow-x-auto">
      <table aria-label={props.label} className="w-full text-left">
        <thead className="text-muted">
          <tr>
            <th className="px-3 py-1.5 font-normal">Version</th>
            <th className="px-3 py-1.5 font-normal">Type</th>
            <th className="px-3 py-1.5 font-normal">Aliases, tags</th>
            <th className="px-3 py-1.5 text-right font-normal">Size</th>
            <th className="px-3 py-1.5 text-right font-normal">Files</th>
            <th className="px-3 py-1.5 font-normal">Created</th>
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
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
