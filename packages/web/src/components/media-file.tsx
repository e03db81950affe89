import type { MediaItem } from '@lossline/protocol'
import { Download } from 'lucide-react'
import type { ReactElement } from 'react'

/** A sound, a film, a page in a sandbox, or a file to download, with its caption. */
export function MediaFile(props: {
  readonly kind: 'audio' | 'video' | 'html' | 'file'
  readonly item: MediaItem
  readonly isSmall?: boolean
}): ReactElement {
  const { kind, item, isSmall = false } = props
  const name = item.caption ?? item.name
  if (kind === 'file') return <DownloadLink item={item} />
  return (
    <figure className={kind === 'html' ? 'w-full' : 'max-w-full'}>
      {kind === 'audio' && (
        // biome-ignore lint/a11y/useMediaCaption: a sound that a run logged has no transcript; its caption is below.
        <audio aria-label={name} className="h-9 max-w-full" controls preload="none" src={item.url} />
      )}
      {kind === 'video' && <Film isSmall={isSmall} item={item} name={name} />}
      {kind === 'html' && (
        <iframe
          className="h-80 w-full min-w-72 rounded border border-line bg-white"
          loading="lazy"
          sandbox="allow-scripts"
          src={`${item.url}&frame=true`}
          title={name}
        />
      )}
      {!isSmall && (
        <figcaption className="flex items-center gap-2 pt-1 text-muted text-sm">
          <span className="min-w-0 break-words">{item.caption ?? ''}</span>
          <a className="link-text ml-auto" download={item.name} href={item.url}>
            Download
          </a>
        </figcaption>
      )}
    </figure>
  )
}

/** Films that are animated pictures play by themselves; others have controls. */
function Film(props: { readonly item: MediaItem; readonly name: string; readonly isSmall: boolean }): ReactElement {
  const { item, name, isSmall } = props
  const size = isSmall ? 'h-16' : 'h-44'
  if (/\.gif$/i.test(item.name))
    return <img alt={name} className={`${size} max-w-full object-contain`} loading="lazy" src={item.url} />
  return (
    <video aria-label={name} className={`${size} max-w-full`} controls loop muted preload="metadata" src={item.url} />
  )
}

function DownloadLink({ item }: { readonly item: MediaItem }): ReactElement {
  return (
    <a className="button max-w-full" download={item.name} href={item.url}>
      <Download aria-hidden="true" className="shrink-0" size={14} />
      <span className="truncate">{item.caption ?? item.name}</span>
    </a>
  )
}
