import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import type { HintId } from '../../view/first-run/hint-store.ts'

const texts: Readonly<Record<HintId, ReactNode>> = {
  eye: (
    <>
      The eye beside a run hides its lines everywhere.
      {/* Where there is no room, there is hardly a keyboard. */}
      <span className="max-md:hidden"> With Alt, it shows that run alone.</span>
    </>
  ),
  smoothing: 'Noisy curves? Choose a smoothing above the charts; the values as they were stay behind it, faint.',
  share: 'What you see is in the address of this page: whoever opens it sees the same.',
}

/** What is worth knowing at the first charts, one thing at a time, until each was dismissed once. */
export function FirstHints(): ReactElement | null {
  const { hints } = useServices()
  const left = useValue(hints)
  const [id] = left
  if (id === undefined) return null
  return (
    <aside
      aria-label="Hint"
      className="mx-3 mb-2 flex items-start gap-1 rounded-lg border border-line bg-panel py-1.5 pr-1 pl-3 print:hidden"
    >
      <span className="min-w-0 flex-1 py-0.5">{texts[id]}</span>
      <button
        aria-label="Got it, do not show this again"
        className="icon-button"
        onClick={() => hints.dismiss(id)}
        title="Got it"
        type="button"
      >
        <X size={14} />
      </button>
    </aside>
  )
}
