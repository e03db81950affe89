import type { ReactElement } from 'react'

const words = {
  approximate: {
    text: 'approximate',
    title: 'Smoothed by what is on the page while the slider moves. The server smooths all points when it is let go.',
  },
  waiting: {
    text: 'smoothed when you let go',
    title: 'The runs behind these lines are not on the page. The server smooths them when the slider is let go.',
  },
}

/** Says of a chart that its smoothing is not the exact one, or not yet the one that was chosen. */
export function SmoothingState({ state }: { readonly state: keyof typeof words }): ReactElement {
  const { text, title } = words[state]
  return (
    <p
      className="smoothing-state absolute top-0 right-2 z-10 rounded bg-raised px-1.5 text-muted text-xs"
      title={title}
    >
      {text}
    </p>
  )
}
