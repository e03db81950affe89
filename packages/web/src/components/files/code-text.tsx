import type { ReactElement } from 'react'

/** Code with the numbers of its lines. */
export function CodeText({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div
      className="overflow-x-auto rounded border border-line bg-panel"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <table aria-label={label} className="border-collapse font-mono text-sm">
        <thead className="sr-only">
          <tr>
            <th>Line</th>
            <th>Text</th>
          </tr>
        </thead>
        <tbody>
          {text
            .replace(/\r?\n$/, '')
            .split(/\r?\n/)
            .map((line, index) => (
              // Lines have no names, and their order does not change.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index}>
                <td className="w-12 select-none border-line border-r px-2 text-right text-muted">{index + 1}</td>
                <td className="whitespace-pre px-2">{line}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}
