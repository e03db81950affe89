import type { ProjectSummary, StorageKind } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { projectStorageQuery } from '../../api/project-queries.ts'
import { formatBytes } from '../../view/text/bytes.ts'

/** The server looks at the files of every run: of projects with more, only when somebody asks. */
const runCountMax = 200

/** What files and artifacts of a project take. */
export function ProjectSize({ project }: { readonly project: ProjectSummary }): ReactElement {
  const [isAsked, setIsAsked] = useState(false)
  const isEnabled = isAsked || project.runCount <= runCountMax
  const { data, error } = useQuery({ ...projectStorageQuery(project), enabled: isEnabled })
  if (!isEnabled) {
    return (
      <button
        aria-label={`Measure the size of ${project.project}`}
        className="link-text relative z-10"
        onClick={() => setIsAsked(true)}
        type="button"
      >
        Measure
      </button>
    )
  }
  if (data === undefined) return <span className="text-muted">{error ? '–' : '…'}</span>
  const sum = (kinds: readonly StorageKind[]): number => kinds.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
  return <>{formatBytes(sum(data.runFiles) + sum(data.artifacts))}</>
}
