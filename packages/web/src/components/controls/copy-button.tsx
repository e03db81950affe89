import { Check, Copy, type LucideIcon } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import { copyText } from '../../view/browser/clipboard.ts'

/** Copies a text and says so for a moment. */
export function CopyButton(props: {
  /** A function makes it when it is wanted. */
  readonly text: string | (() => Promise<string>)
  readonly label: string
  /** Told why a text could not be made or copied. */
  readonly onProblem?: (error: unknown) => void
  /** Tells two buttons beside each other apart. */
  readonly Icon?: LucideIcon
}): ReactElement {
  const { text, label, onProblem, Icon = Copy } = props
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async (): Promise<void> => {
    try {
      await copyText(typeof text === 'string' ? text : await text())
      setIsCopied(true)
    } catch (error) {
      onProblem?.(error)
    }
  }
  return (
    <button
      aria-label={isCopied ? 'Copied' : label}
      className="icon-button"
      onClick={() => void copy()}
      title={isCopied ? 'Copied' : label}
      type="button"
    >
      {isCopied ? <Check className="text-live" size={15} /> : <Icon size={14} />}
    </button>
  )
}
