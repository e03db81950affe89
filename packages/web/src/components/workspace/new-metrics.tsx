import { Sparkles } from 'lucide-react'
import type { ReactElement } from 'react'
import type { NewPanels } from '../../hooks/workspace/use-new-panels.ts'
import { formatCount } from '../../view/text/format.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem } from '../shell/menu-item.tsx'

/** Says that charts came by themselves, somewhere in the sections; nothing that is in sight moves for it. */
export function NewMetrics({
  news,
  onOpen,
}: {
  readonly news: NewPanels
  readonly onOpen: (panelId: string) => void
}): ReactElement | null {
  if (news.panels.length === 0) return null
  const words = formatCount(news.panels.length, 'new metric')
  return (
    <div className="absolute bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-1 rounded-full border border-line bg-raised px-2 py-1 shadow-pop">
      <PopoverButton
        className="flex items-center gap-1.5 rounded-full px-2 py-0.5 hover:bg-hover"
        face={
          <>
            <Sparkles aria-hidden="true" size={14} />
            {words}
          </>
        }
        label={words}
        panelClassName="max-h-80 w-72 p-1"
      >
        {(close) =>
          news.panels.map(({ id, title }) => (
            <MenuItem
              icon={null}
              key={id}
              onClick={() => {
                close()
                onOpen(id)
              }}
            >
              {title}
            </MenuItem>
          ))
        }
      </PopoverButton>
      <button className="rounded-full px-2 py-0.5 text-muted hover:bg-hover" onClick={news.dismiss} type="button">
        Seen
      </button>
    </div>
  )
}
