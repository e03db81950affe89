import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { mediaValueQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ComparedItem } from '../../view/media/compared-media.ts'
import { stepOf } from '../../view/media/media-steps.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { useStableList } from '../use-stable-list.ts'
import type { MediaOfRun } from './use-media-of-runs.ts'

/**
 * Every item of the runs at a step (undefined: the newest), as far as they are known; histograms, tables and texts are none.
 *
 * @param isAsking - Whether those are fetched that nobody has asked for.
 */
export function useMediaItems(
  address: ProjectAddress,
  found: readonly MediaOfRun[],
  step: number | undefined,
  isAsking = true,
): readonly ComparedItem[] {
  const asked = useMemo(
    () =>
      found.flatMap(({ run, media }) => {
        const at = media.kind === 'histogram' || media.kind === 'text' ? undefined : stepOf(media, step)
        return at === undefined ? [] : [{ run, media, at }]
      }),
    [found, step],
  )
  const answers = useQueries({
    queries: asked.map(({ run, media, at }) => ({
      ...mediaValueQuery(runAddressOf(run.runId, address), media.key, at),
      enabled: isAsking,
      placeholderData: keepPreviousData,
    })),
  })
  const data = useStableList(answers.map((answer) => answer.data))
  return useMemo(() => {
    return data.flatMap((answer, place): readonly ComparedItem[] => {
      const of = asked[place]
      if (!answer || !of || !('items' in answer.value)) return []
      const { run, media } = of
      const origin = { ...runAddressOf(run.runId, address), runName: run.displayName, key: keyTitle(media.key) }
      const { value } = answer
      const at = { ...origin, step: answer.step }
      return value.kind === 'image'
        ? value.items.map((item, index) => ({ ...at, index, kind: 'image', item }))
        : value.items.map((item, index) => ({ ...at, index, kind: value.kind, item }))
    })
  }, [data, asked, address])
}
