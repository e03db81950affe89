import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PanelProps } from '../../components/panels/panel-props.ts'
import { lookText, type MediaLook, parseLookText } from '../../view/media/media-look.ts'
import { type MediaConfig, withLook } from '../../view/panels/media-panel.ts'
import { useSettled } from '../use-settled.ts'
import type { SharedLook } from './use-media-look.ts'

/** A slider is kept once it has come to rest: each time is a step that can be undone. */
const settleMs = 600

/** What a media panel shows of its media: what the view says, with what was changed since then, which it gets a moment later. */
export function usePanelLook({ config, panel, context }: PanelProps<MediaConfig>): SharedLook {
  const given = lookText(config.look)
  const [look, setLook] = useState(config.look)
  const written = useRef(given)
  useEffect(() => {
    if (given === written.current) return
    // Somebody else has changed it: undo, another tab.
    written.current = given
    setLook(parseLookText(given))
  }, [given])
  const latest = useRef({ panel, context, look })
  latest.current = { panel, context, look }
  const write = useCallback(() => {
    const now = latest.current
    const text = lookText(now.look)
    if (text === written.current) return
    written.current = text
    now.context.changePanel?.(now.panel.id, (json) => withLook(json, now.look))
  }, [])
  const isMoving = useSettled(look, settleMs) !== look
  useEffect(() => {
    if (!isMoving) write()
  }, [isMoving, write])
  // Also what was changed last, when the panel goes.
  useEffect(() => write, [write])
  return useMemo(
    () => ({ look, change: (patch: Partial<MediaLook>) => setLook((before) => ({ ...before, ...patch })) }),
    [look],
  )
}
