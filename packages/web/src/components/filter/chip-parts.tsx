import type { KeyboardEvent, ReactElement } from 'react'

/** How often a part is denied, in words; nothing where it is not. */
export function NotWords({ count }: { readonly count: number }): ReactElement | null {
  return count > 0 ? <span className="font-medium text-bad">{Array(count).fill('not').join(' ')}</span> : null
}

/** What keys do on a chip: Delete and Backspace take it away. */
export function removeByKey(remove: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    remove()
  }
}
