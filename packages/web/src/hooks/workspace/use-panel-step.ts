import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PanelProps } from '../../components/panels/panel-props.ts'
import { type OwnStep, readOwnStep, withOwnStep } from '../../view/panels/panel-step.ts'
import { mediaStepCodec } from '../../view/workspace/media-step.ts'
import { useAddress } from '../use-address.ts'
import { useSettled } from '../use-settled.ts'

/** The step at which a panel shows what was logged. */
export interface PanelStep {
  /** Undefined follows the newest. */
  readonly step: number | undefined
  readonly setStep: (step: number | undefined) => void
  /** The metric whose values `step` is one of; undefined: it is a step. */
  readonly axis: string | undefined
  /** Counts by another metric, from the newest value on. */
  readonly setAxis: (axis: string | undefined) => void
  readonly sync: StepSync
}

/** Whether a slider goes with those of the page, and what these stand at. */
export interface StepSync {
  readonly isOn: boolean
  readonly toggle: () => void
  readonly pageStep: number | undefined
  readonly setPageStep: (step: number | undefined) => void
}

/** A slider is kept once it has come to rest: each time is a step that can be undone. */
const settleMs = 600

/** The step of the page, or one of the panel's own, which is kept with the panel. */
export function usePanelStep({ panel, context }: Pick<PanelProps, 'panel' | 'context'>): PanelStep {
  const [{ step: pageStep, axis: pageAxis }, store] = useAddress(mediaStepCodec)
  const given = textOf(readOwnStep(panel.config))
  const [own, setOwn] = useState(() => readOwnStep(panel.config))
  const written = useRef(given)
  useEffect(() => {
    if (given === written.current) return
    // Somebody else has changed it: undo, another tab.
    written.current = given
    setOwn(given === '' ? undefined : (JSON.parse(given) as OwnStep))
  }, [given])
  const latest = useRef({ panel, context, own })
  latest.current = { panel, context, own }
  const write = useCallback(() => {
    const now = latest.current
    const text = textOf(now.own)
    if (text === written.current) return
    written.current = text
    now.context.changePanel?.(now.panel.id, (json) => withOwnStep(json, now.own))
  }, [])
  const isMoving = useSettled(own, settleMs) !== own
  useEffect(() => {
    if (!isMoving) write()
  }, [isMoving, write])
  // Also what was changed last, when the panel goes.
  useEffect(() => write, [write])
  const isOn = own === undefined
  const setPageStep = useCallback((step: number | undefined) => store.update({ step }), [store])
  const setOwnStep = useCallback((step: number | undefined) => setOwn((before) => ({ ...before, step })), [])
  const setAxis = useCallback(
    (axis: string | undefined) => (isOn ? store.update({ step: undefined, axis }) : setOwn({ step: undefined, axis })),
    [isOn, store],
  )
  return useMemo(() => {
    const toggle = (): void =>
      setOwn((before) => (before === undefined ? { step: pageStep, axis: pageAxis } : undefined))
    return {
      step: own === undefined ? pageStep : own.step,
      setStep: isOn ? setPageStep : setOwnStep,
      axis: own === undefined ? pageAxis : own.axis,
      setAxis,
      sync: { isOn, toggle, pageStep, setPageStep },
    }
  }, [own, isOn, pageStep, pageAxis, setPageStep, setOwnStep, setAxis])
}

function textOf(own: OwnStep | undefined): string {
  return own === undefined ? '' : JSON.stringify(own)
}
