import { Check, Copy, type LucideIcon } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import { copyText } from '../view/clipboard.ts'

/** Copies a text and says so for a moment. */
export function CopyButton(props: {
  readonly text: string
  readonly label: string
  /** Tells two buttons beside each other apart. */
  readonly Icon?: LucideIcon
}): ReactElement {
  const { text, label, Icon = Copy } = props
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <button
      aria-label={isCopied ? 'Copied' : label}
      className="icon-button"
      onClick={() => void copyText(text).then(() => setIsCopied(true))}
      title={isCopied ? 'Copied' : label}
      type="button"
    >
      {isCopied ? <Check className="text-live" size={15} /> : <Icon size={14} />}
    </button>
  )
}
