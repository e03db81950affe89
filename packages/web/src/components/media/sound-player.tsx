import type { MediaItem } from '@lossline/protocol'
import { type ReactElement, useRef, useState } from 'react'
import { useSeen } from '../../hooks/use-seen.ts'
import { SoundShape, SoundShapeControls } from './sound-shape.tsx'

/** A sound with its waveform and spectrogram. */
export function SoundPlayer({ item }: { readonly item: MediaItem }): ReactElement {
  const player = useRef<HTMLAudioElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(box)
  const [share, setShare] = useState(0)
  return (
    <div className="w-full" ref={box}>
      {isSeen && (
        <SoundShape
          name={item.caption ?? item.name}
          onSeek={(to) => {
            const { current } = player
            if (current && Number.isFinite(current.duration)) current.currentTime = to * current.duration
            setShare(to)
          }}
          share={share}
          url={item.url}
        />
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: a sound that a run logged has no transcript; its caption is below. */}
      <audio
        aria-label={item.caption ?? item.name}
        className="mt-1 h-9 w-full"
        controls
        onTimeUpdate={({ currentTarget: { currentTime, duration } }) =>
          setShare(Number.isFinite(duration) && duration > 0 ? currentTime / duration : 0)
        }
        preload="metadata"
        ref={player}
        src={item.url}
      />
      <SoundShapeControls />
    </div>
  )
}
