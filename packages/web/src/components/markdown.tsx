import { lazy, type ReactElement, Suspense } from 'react'

const Rendered = lazy(async () => {
  const { renderMarkdown } = await import('../view/markdown/render-markdown.ts')
  return {
    default: ({ text }: { readonly text: string }): ReactElement => (
      // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown sanitises.
      <div className="prose" dangerouslySetInnerHTML={{ __html: renderMarkdown(text) }} />
    ),
  }
})

/** A text in Markdown, safe whoever wrote it. The renderer comes when the first one is shown; until then the text itself. */
export function Markdown({ text }: { readonly text: string }): ReactElement {
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap break-words">{text}</div>}>
      <Rendered text={text} />
    </Suspense>
  )
}
