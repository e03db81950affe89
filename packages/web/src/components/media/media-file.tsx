import type { MediaItem } from '@lossline/protocol'
import { Download } from 'lucide-react'
import { lazy, type ReactElement, type ReactNode, Suspense, useContext, useState } from 'react'
import { MediaBeforeContext } from '../../hooks/media/use-compared-media.ts'
import { describeUndrawn, isReadableText, isSpaceFile } from '../../view/files/file-kind.ts'
import { CompareToggle } from '../compare-media/compare-toggle.tsx'
import { ChangesToggle } from './changes-toggle.tsx'
import { Film } from './film.tsx'
import { SoundPlayer } from './sound-player.tsx'

const TextChanges = lazy(async () => ({ default: (await import('./text-changes.tsx')).TextChanges }))
const SpaceViewer = lazy(async () => ({ default: (await import('../space/space-viewer.tsx')).SpaceViewer }))

/** A sound, a film, a page in a sandbox, an object in space, or a file to download, with its caption. */
export function MediaFile(props: {
  readonly kind: 'audio' | 'video' | 'html' | 'file'
  readonly item: MediaItem
  /** Place in the list that was logged. Default 0. */
  readonly index?: number
  readonly isSmall?: boolean
}): ReactElement {
  const { kind, item, index = 0, isSmall = false } = props
  const name = item.caption ?? item.name
  const known = useContext(MediaBeforeContext)
  const [hasChanges, setHasChanges] = useState(false)
  const isText = kind === 'html' || (kind === 'file' && isReadableText(item.name))
  const before = isText && !isSmall ? known : undefined
  const isChanges = before !== undefined && hasChanges
  const toggle = before && (
    <ChangesToggle before={before} isOn={isChanges} onChange={() => setHasChanges(!hasChanges)} />
  )
  const changes = isChanges && (
    <Suspense fallback={<div aria-label={`Loading the changes of ${name}`} className="skeleton h-40" role="img" />}>
      <TextChanges before={before} index={index} item={item} name={name} />
    </Suspense>
  )
  if (kind === 'file' && isSpaceFile(item.name) && !isSmall) {
    return (
      <figure className="w-full">
        <Suspense fallback={<div aria-label={`Loading ${name}`} className="skeleton h-44" role="img" />}>
          <SpaceViewer item={item} />
        </Suspense>
        <Caption index={index} item={item} kind={kind} />
      </figure>
    )
  }
  if (kind === 'file') {
    const what = describeUndrawn(item.name)
    return (
      <>
        <span className="flex min-w-0 max-w-full flex-wrap items-center gap-1">
          <DownloadLink item={item} />
          <CompareToggle index={index} item={item} kind={kind} />
          {toggle}
          {what !== undefined && !isSmall && (
            <span className="text-muted text-sm">{what}, which is not drawn here: save it to open it elsewhere.</span>
          )}
        </span>
        {changes}
      </>
    )
  }
  return (
    <figure className={kind === 'video' || isSmall ? 'max-w-full' : 'w-full'}>
      {kind === 'audio' &&
        (isSmall ? (
          // biome-ignore lint/a11y/useMediaCaption: a sound that a run logged has no transcript; its caption is below.
          <audio aria-label={name} className="h-9 max-w-full" controls preload="none" src={item.url} />
        ) : (
          <SoundPlayer item={item} />
        ))}
      {kind === 'video' && <Film isSmall={isSmall} item={item} />}
      {changes}
      {kind === 'html' && !isChanges && (
        <iframe
          className="h-80 w-full rounded border border-line bg-white"
          loading="lazy"
          sandbox="allow-scripts"
          src={`${item.url}&frame=true`}
          title={name}
        />
      )}
      {!isSmall && (
        <Caption index={index} item={item} kind={kind}>
          {toggle}
        </Caption>
      )}
    </figure>
  )
}

function Caption(props: {
  readonly kind: 'audio' | 'video' | 'html' | 'file'
  readonly item: MediaItem
  readonly index: number
  /** More that can be done with it. */
  readonly children?: ReactNode
}): ReactElement {
  const { kind, item, index } = props
  return (
    <figcaption className="flex items-center gap-2 pt-1 text-muted text-sm">
      <span className="min-w-0 break-words">{item.caption ?? ''}</span>
      <span className="ml-auto flex items-center gap-1">
        {props.children}
        <CompareToggle index={index} item={item} kind={kind} />
        <a className="link-text" download={item.name} href={item.url}>
          Download
        </a>
      </span>
    </figcaption>
  )
}

function DownloadLink({ item }: { readonly item: MediaItem }): ReactElement {
  return (
    <a className="button min-w-0 max-w-full" download={item.name} href={item.url}>
      <Download aria-hidden="true" className="shrink-0" size={14} />
      <span className="truncate">{item.caption ?? item.name}</span>
    </a>
  )
}
