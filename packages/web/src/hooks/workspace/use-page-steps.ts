import { useCallback, useEffect } from 'react'
import { stepBeside, unionSteps } from '../../view/media/media-steps.ts'
import { useShortcut } from '../use-store.ts'

/** Steps of every slider on the page. */
const sliders = new Set<{ readonly steps: readonly number[] }>()

/**
 * Lets the keys for the step before and the next one go through the steps of all sliders of the page, which stand at one step
 * together: whichever of them takes a key does the same as the others would.
 *
 * @param steps - None of a slider that has a step of its own.
 * @param asked - Of the page. Undefined: the newest.
 */
export function usePageSteps(
  steps: readonly number[],
  asked: number | undefined,
  onChange: (step: number | undefined) => void,
): void {
  useEffect(() => {
    const slider = { steps }
    sliders.add(slider)
    return () => void sliders.delete(slider)
  }, [steps])
  const go = useCallback(
    (by: 1 | -1) => {
      const all = unionSteps([...sliders])
      if (all.length > 0) onChange(stepBeside(all, asked, by))
    },
    [asked, onChange],
  )
  useShortcut(
    'previous-step',
    useCallback(() => go(-1), [go]),
  )
  useShortcut(
    'next-step',
    useCallback(() => go(1), [go]),
  )
}
