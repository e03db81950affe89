import type { ReactElement } from 'react'

/** A patch as it is, with what it adds and takes away marked as its signs say. */
export function PatchText({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <section
      aria-label={label}
      className="overflow-x-auto rounded border border-line bg-panel py-1 font-mono text-sm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <pre>
        {text
          .replace(/\n$/, '')
          .split('\n')
          .map((line, index) => (
            // Lines have no names, and their order does not change.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span className={`block min-w-max px-2 ${toneOf(line)}`} key={index}>
              {line === '' ? ' ' : line}
            </span>
          ))}
      </pre>
    </section>
  )
}

function toneOf(line: string): string {
  if (/^(?:diff |index |--- |\+\+\+ )/.test(line)) return 'font-semibold'
  if (line.startsWith('@@')) return 'text-accent'
  if (line.startsWith('+')) return 'bg-(--added)'
  return line.startsWith('-') ? 'bg-bad-surface' : ''
}
