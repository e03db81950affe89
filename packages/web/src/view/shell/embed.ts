import type { Theme } from '../chart/palette.ts'

/** The page inside a notebook: nothing around the content, no keys, and the notebook's theme. */
export interface Embed {
  readonly theme: Theme | undefined
}

/** Reads the address that W&B's notebooks put into an iframe (`?jupyter=true`, `?theme=dark`); undefined: a page of its own. */
export function parseEmbed(search: string): Embed | undefined {
  const params = new URLSearchParams(search)
  if (params.get('jupyter') !== 'true') return undefined
  const theme = params.get('theme')
  return { theme: theme === 'light' || theme === 'dark' ? theme : undefined }
}

/** Opens what people click in a tab of its own: a cell of a notebook keeps showing what it was made for. */
export function openLinksElsewhere(root: HTMLElement): void {
  root.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link?.href) return
      event.preventDefault()
      event.stopPropagation()
      const url = new URL(link.href)
      for (const key of ['jupyter', 'theme']) url.searchParams.delete(key)
      open(url, '_blank', 'noopener')
    },
    { capture: true },
  )
}
