import { renderMarkdown } from '../markdown/render-markdown.ts'
import { resolveGuideLink } from './guide-address.ts'
import { guidePicture } from './guide-texts.ts'
import { createHeadingIds } from './heading-ids.ts'

/** A page of the guide as it is shown. */
export interface RenderedGuide {
  readonly html: string
  /** Its parts, for a list of contents. */
  readonly sections: readonly { readonly id: string; readonly title: string }[]
}

/** Renders a page of the guide: its links lead to pages of ours, and its headings have the ids that they have on GitHub. */
export function renderGuide(page: string, text: string): RenderedGuide {
  const sections: { id: string; title: string }[] = []
  const html = renderMarkdown(text, 0, {
    hasBreaks: false,
    prepare: (tokens) => {
      for (const token of tokens.flatMap((block) => [block, ...(block.children ?? [])])) {
        const name = token.type === 'image' ? 'src' : token.type === 'link_open' ? 'href' : undefined
        const link = name && token.attrGet(name)?.toString()
        if (!name || !link) continue
        const target = resolveGuideLink(page, link)
        // Pictures are files; other files are only named, as they are where the sources are.
        const href = target.kind === 'address' ? target.href : (guidePicture(target.path) ?? `#${target.path}`)
        token.attrSet(name, href)
      }
    },
    finish: (fragment) => {
      const toId = createHeadingIds()
      for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
        const title = heading.textContent ?? ''
        heading.id = toId(title)
        heading.setAttribute('tabindex', '-1')
        if (heading.localName === 'h2') sections.push({ id: heading.id, title })
      }
      for (const link of fragment.querySelectorAll('a')) {
        const path = /^#((docs|packages|bench|deploy|examples)\/.+)$/.exec(link.getAttribute('href') ?? '')?.[1]
        if (path !== undefined) link.replaceWith(...link.childNodes, ` (${path} of the sources)`)
      }
      // What is wider than the page scrolls, and whoever has no pointer needs the focus for that.
      for (const code of fragment.querySelectorAll('pre')) code.tabIndex = 0
      for (const table of fragment.querySelectorAll('table')) {
        const box = document.createElement('div')
        box.className = 'guide-table'
        box.tabIndex = 0
        table.replaceWith(box)
        box.append(table)
      }
    },
  })
  return { html, sections }
}
