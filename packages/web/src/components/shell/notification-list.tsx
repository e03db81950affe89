import { Bell } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useCallback, useRef } from 'react'
import { useShortcut } from '../../hooks/use-store.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

/** Loads the list itself, so that it is there when the server is not. */
export const loadNotifications = async () => ({ default: (await import('./notifications.tsx')).Notifications })
const Notifications = lazy(loadNotifications)

/** The button that shows the messages of this tab. */
export function NotificationList(): ReactElement {
  const open = useRef<() => void>(null)
  useShortcut(
    'show-notifications',
    useCallback(() => open.current?.(), []),
  )
  return (
    <PopoverButton
      className="icon-button max-sm:hidden"
      face={<Bell size={16} />}
      label="Notifications"
      openRef={open}
      panelClassName="w-80 p-1"
    >
      {() => (
        <Suspense>
          <Notifications />
        </Suspense>
      )}
    </PopoverButton>
  )
}
