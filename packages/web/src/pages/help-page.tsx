import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { type MouseEvent, type ReactElement, useEffect, useRef } from 'react'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useCrumb, useDocumentTitle } from '../hooks/use-store.ts'
import { isPlainClick } from '../view/browser/plain-click.ts'
import { guidePages } from '../view/guide/guide-pages.ts'
import type { RenderedGuide } from '../view/guide/render-guide.ts'

/** The guide, from this server: its contents beside one of its pages. */
export function HelpPage(): ReactElement {
  // Two routes lead here, and one of them names no page.
  const { page: asked = '' } = useParams({ strict: false }) as { readonly page?: string }
  const id = asked === '' ? guidePages[0].id : asked
  const title = guidePages.find((page) => page.id === id)?.title ?? 'Guide'
  const query = useQuery({
    queryKey: ['guide', id],
    queryFn: async () => {
      const [{ renderGuide }, { loadGuideText }] = await Promise.all([
        import('../view/guide/render-guide.ts'),
        import('../view/guide/guide-texts.ts'),
      ])
      const text = await loadGuideText(id)
      return text === undefined ? null : renderGuide(id, text)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  useDocumentTitle(`${title} · Guide`)
  useCrumb('Guide')
  const shown = query.data ?? undefined
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <GuideContents current={id} sections={shown?.sections ?? []} />
      <main className="min-h-0 min-w-0 flex-1 overflow-y-auto" key={id}>
        {query.error && <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <div aria-label="Loading the guide" className="skeleton m-8 h-64" role="img" />}
        {query.data === null && (
          <PageMessage title={`The guide has no page ${id}`}>
            <Link className="button mt-2" params={{ page: guidePages[0].id }} to="/help/$page">
              Its first page
            </Link>
          </PageMessage>
        )}
        {shown && <GuideText guide={shown} />}
      </main>
    </div>
  )
}

function GuideContents(props: {
  readonly current: string
  readonly sections: RenderedGuide['sections']
}): ReactElement {
  const details = useRef<HTMLDetailsElement>(null)
  const hash = useLocation({ select: (location) => location.hash })
  // The address stays the same then, and nothing would move.
  const showAgain = (page: string, heading: string) => (event: MouseEvent) => {
    if (isPlainClick(event) && page === props.current && heading === hash) showHeading(heading)
  }
  const list = (
    <ul className="py-2">
      {guidePages.map(({ id, title }) => (
        <li key={id}>
          <Link
            aria-current={id === props.current ? 'page' : undefined}
            className="block rounded-md px-3 py-1 hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:text-accent"
            onClick={showAgain(id, '')}
            params={{ page: id }}
            to="/help/$page"
          >
            {title}
          </Link>
          {id === props.current && props.sections.length > 0 && (
            <ul className="my-1 ml-3 border-line border-l pl-2 text-sm">
              {props.sections.map((section) => (
                <li key={section.id}>
                  <Link
                    className="block rounded px-2 py-1 text-muted hover:text-text"
                    hash={section.id}
                    onClick={(event) => {
                      details.current?.removeAttribute('open')
                      showAgain(id, section.id)(event)
                    }}
                    params={{ page: id }}
                    to="/help/$page"
                  >
                    {section.title}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <nav
        aria-label="Guide"
        className="w-64 shrink-0 overflow-y-auto border-line border-r bg-panel px-2 max-md:hidden print:hidden"
      >
        {list}
      </nav>
      <details className="shrink-0 border-line border-b bg-panel px-2 md:hidden print:hidden" ref={details}>
        <summary className="cursor-pointer px-2 py-2">Contents</summary>
        <nav aria-label="Guide" className="max-h-[60vh] overflow-y-auto">
          {list}
        </nav>
      </details>
    </>
  )
}

function GuideText({ guide }: { readonly guide: RenderedGuide }): ReactElement {
  const hash = useLocation({ select: (location) => location.hash })
  const navigate = useNavigate()
  // The text comes later than the address, and so does its heading.
  useEffect(() => showHeading(hash), [hash])
  const follow = (event: MouseEvent<HTMLElement>): void => {
    if (event.defaultPrevented || !isPlainClick(event)) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || link.target !== '' || link.origin !== location.origin) return
    event.preventDefault()
    if (link.href === location.href) showHeading(hash)
    else void navigate({ href: link.pathname + link.search + link.hash })
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only links in it are followed, and those listen to keys.
    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
    <div
      className="prose guide mx-auto max-w-3xl px-4 py-8"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: renderGuide sanitises.
      dangerouslySetInnerHTML={{ __html: guide.html }}
      onClick={follow}
    />
  )
}

/** Brings a heading to the top and gives it the focus. @param id - Empty: the beginning of the page, and the focus stays. */
function showHeading(id: string): void {
  if (id === '') return void document.querySelector('main:has(> .guide)')?.scrollTo({ top: 0 })
  const heading = document.getElementById(id)
  heading?.scrollIntoView()
  heading?.focus({ preventScroll: true })
}
