import { type KeyboardEvent, type ReactElement, useId, useState } from 'react'
import { matchingOffers, type ValueOffer } from '../../view/filter/value-offers.ts'

const offerCountMax = 8

/** A field for a value, with the usual ones below it; arrow keys choose among them. */
export function ValueField(props: {
  readonly label: string
  readonly text: string
  /** The text is the name of a key. */
  readonly isKey?: boolean
  readonly hint?: string | undefined
  readonly describedBy: string
  readonly offers: readonly ValueOffer[]
  readonly onChange: (text: string) => void
  readonly onOffer?: (offer: ValueOffer) => void
  readonly onEnter: () => void
}): ReactElement {
  const { text, onOffer } = props
  const id = useId()
  const [chosen, setChosen] = useState(-1)
  const [isTyped, setIsTyped] = useState(false)
  // What stands there when the field opens is no search.
  const found = matchingOffers(props.offers, isTyped ? text : '').slice(0, offerCountMax)
  const take = (offer: ValueOffer): void => {
    onOffer?.(offer)
    setChosen(-1)
    setIsTyped(false)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const offer = found[chosen]
    if (by !== 0 && found.length > 0) setChosen(((chosen + by + 1 + found.length + 1) % (found.length + 1)) - 1)
    else if (event.key === 'Enter' && offer !== undefined) take(offer)
    else if (event.key === 'Enter') {
      setIsTyped(false)
      props.onEnter()
    } else return
    event.preventDefault()
  }
  return (
    <div className="flex flex-col gap-1">
      <input
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? id : undefined}
        aria-describedby={props.describedBy}
        aria-expanded={found.length > 0}
        aria-label={props.label}
        // biome-ignore lint/a11y/noAutofocus: the window was opened to write here.
        autoFocus
        className="control w-full"
        onChange={({ target }) => {
          setIsTyped(true)
          setChosen(-1)
          props.onChange(target.value)
        }}
        onKeyDown={onKeyDown}
        placeholder={props.label}
        role="combobox"
        spellCheck={false}
        type="text"
        value={text}
      />
      {props.isKey && <p className="text-muted text-sm">The value of “{text}” in the same row.</p>}
      {props.hint !== undefined && <p className="text-muted text-sm">{props.hint}</p>}
      {found.length > 0 && (
        <div aria-label="Values there are" className="flex flex-col" id={id} role="listbox">
          {found.map((offer, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys, as in any combobox.
            <div
              aria-selected={index === chosen}
              className="flex min-h-6 cursor-pointer items-baseline gap-3 rounded px-2 py-0.5 hover:bg-hover aria-selected:bg-selected"
              id={`${id}-${index}`}
              key={`${offer.value.isKey === true}${offer.value.text}`}
              onClick={() => take(offer)}
              onMouseDown={(event) => event.preventDefault()}
              role="option"
            >
              <span className="min-w-0 truncate">{offer.value.text}</span>
              {offer.detail !== undefined && (
                <span className="ml-auto shrink-0 text-muted text-sm">{offer.detail}</span>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
