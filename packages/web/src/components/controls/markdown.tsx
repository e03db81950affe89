import { lazy, type ReactElement, Suspense } from 'react'

interface MarkdownProps {
  readonly text: string
  /** Level of the heading that the text belongs to. */
  readonly headingLevel: number
}

const Rendered = lazy(async () => {
  const { renderMarkdown } = await import('../../view/markdown/render-markdown.ts')
  return {
    default: ({ text, headingLevel }: MarkdownProps): ReactElement => (
      // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown sanitises.
      <div className="prose" dangerouslySetInnerHTML={{ __html: renderMarkdown(text, headingLevel) }} />
    ),
  }
})

/** A text in Markdown, safe whoever wrote it. The renderer comes when the first one is shown; until then the text itself. */
export function Markdown({ text, headingLevel }: MarkdownProps): ReactElement {
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap break-words">{text}</div>}>
      <Rendered headingLevel={headingLevel} text={text} />
    </Suspense>
  )
}
