import { type ReactElement, type RefObject, useLayoutEffect, useRef } from 'react'

/** How the palette lies over the page, there or on its way. */
export const paletteClassName =
  'mx-auto mt-[12vh] open:flex open:flex-col mb-0 max-h-[76vh] w-[min(640px,calc(100vw-24px))] rounded-xl bg-raised text-text shadow-pop max-sm:mt-3'

/** Stands in for the palette while its code is on the way: what is typed meanwhile is kept in `typed` and reaches no shortcut. */
export function OpeningPalette(props: {
  readonly typed: RefObject<string>
  readonly onClose: () => void
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  return (
    <dialog aria-label="Search and commands" className={paletteClassName} onClose={props.onClose} ref={dialog}>
      <input
        aria-label="Search and commands"
        className="h-10 w-full shrink-0 bg-transparent px-3 text-base outline-none"
        onChange={({ target }) => {
          props.typed.current = target.value
        }}
        spellCheck={false}
        type="text"
      />
    </dialog>
  )
}
