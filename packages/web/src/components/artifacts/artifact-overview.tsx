import type { ArtifactVersionDetail } from '@lossline/protocol'
import type { ReactElement, ReactNode } from 'react'
import { useArtifactActions } from '../../hooks/artifacts/use-artifact-actions.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatDateTime } from '../../view/text/format.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { EditableText } from '../run/editable-text.tsx'
import { DeleteArtifact } from './delete-artifact.tsx'
import { Lifetime } from './lifetime.tsx'
import { RunLink, VersionLink } from './version-link.tsx'

/** What a version is, who made it, and who used it. */
export function ArtifactOverview({ version }: { readonly version: ArtifactVersionDetail }): ReactElement {
  const actions = useArtifactActions()
  const fullName = `${version.entity}/${version.project}/${version.collection}:${version.version}`
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-4 max-w-3xl">
        <EditableText
          isLong
          label="description"
          onSave={(description) => void actions.change(version, { description })}
          value={version.description}
        >
          <p className={`whitespace-pre-wrap ${version.description === '' ? 'text-muted' : ''}`}>
            {version.description || 'No description.'}
          </p>
        </EditableText>
      </div>
      <dl className="max-w-3xl rounded-lg border border-line bg-panel px-3 py-1">
        <Fact label="Full name">
          <Code label="Copy the full name" text={fullName} />
        </Fact>
        <Fact label="Digest">
          <Code label="Copy the digest" text={version.digest} />
        </Fact>
        <Fact label="Size">
          <span title={`${version.sizeBytes.toLocaleString('en-US')} bytes`}>{formatBytes(version.sizeBytes)}</span>
        </Fact>
        <Fact label="Files">{version.fileCount.toLocaleString('en-US')}</Fact>
        <Fact label="Created">{formatDateTime(version.createdAtMs)}</Fact>
        <Fact label="Lifetime">
          <Lifetime version={version} />
        </Fact>
        <Fact label="Made by">
          {version.createdBy ? (
            <RunLink run={version.createdBy} />
          ) : (
            <span className="text-muted">No run that is left</span>
          )}
        </Fact>
        <Fact label="Used by">
          {version.usedBy.length === 0 ? (
            <span className="text-muted">No run yet</span>
          ) : (
            <ul>
              {version.usedBy.map((run) => (
                <li key={`${run.project}/${run.runId}`}>
                  <RunLink run={run} />
                </li>
              ))}
            </ul>
          )}
        </Fact>
        {version.links.length > 0 && (
          <Fact label="Linked in">
            <ul>
              {version.links.map((link) => (
                <li key={`${link.project}/${link.collection}`}>
                  <VersionLink version={link} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
      <DeleteArtifact version={version} />
    </div>
  )
}

function Fact(props: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex min-h-8 gap-3 border-line border-t py-1 first:border-t-0">
      <dt className="w-24 shrink-0 text-muted">{props.label}</dt>
      <dd className="min-w-0 flex-1">{props.children}</dd>
    </div>
  )
}

function Code(props: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 break-all font-mono text-sm">{props.text}</span>
      <CopyButton label={props.label} text={props.text} />
    </span>
  )
}
