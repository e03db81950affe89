import type { RunKeyInfo } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useContext, useMemo } from 'react'
import { runKeysQuery } from '../../api/queries.ts'
import { useStableList } from '../use-stable-list.ts'
import { OtherProjectsContext } from './other-projects-context.ts'

/** Keys of configs and summaries that panels may be about: those of the project that the address names, then what only others have. */
export function useOfferedKeys(): readonly RunKeyInfo[] {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const others = useContext(OtherProjectsContext)
  const answers = useQueries({ queries: [{ entity, project }, ...others].map((at) => runKeysQuery(at)) })
  const found = useStableList(answers.flatMap(({ data }) => data?.keys ?? []))
  return useMemo(() => [...new Map(found.toReversed().map((info) => [info.key, info])).values()].toReversed(), [found])
}
