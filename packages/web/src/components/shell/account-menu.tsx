import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Keyboard, LogOut, Server, Settings, User } from 'lucide-react'
import type { ReactElement } from 'react'
import { signOut } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { KeyHint, MenuItem, menuItemClass } from './menu-item.tsx'

/** Who one is, the settings, and the way out. */
export function AccountMenu(): ReactElement {
  const { shortcuts } = useServices()
  const { data: session } = useQuery(sessionQuery)
  // In open mode everybody is the same person, who has settings but no account.
  const user = session?.mode === 'keys' ? session.user : undefined
  const leave = async (): Promise<void> => {
    await signOut()
    location.reload()
  }
  return (
    <PopoverButton
      className="icon-button"
      face={user ? <User size={16} /> : <Settings size={16} />}
      label={user ? `Account of ${user.name}` : 'Settings and help'}
      panelClassName="w-60 p-1"
    >
      {(close) => (
        <>
          {user && (
            <p className="mb-1 border-line border-b px-2.5 pt-1 pb-2">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="text-muted text-sm">{user.isAdmin ? 'Admin of this server' : 'Signed in'}</span>
            </p>
          )}
          <Link className={menuItemClass} onClick={close} to="/settings">
            <Settings aria-hidden="true" className="text-muted" size={15} />
            <span className="flex-1">Settings</span>
            <KeyHint id="go-settings" />
          </Link>
          <Link className={menuItemClass} onClick={close} to="/admin">
            <Server aria-hidden="true" className="text-muted" size={15} />
            Server
          </Link>
          <MenuItem
            icon={<Keyboard aria-hidden="true" className="text-muted" size={15} />}
            onClick={() => {
              close()
              shortcuts.run('show-shortcuts')
            }}
            shortcut="show-shortcuts"
          >
            Keyboard shortcuts
          </MenuItem>
          {user && (
            <MenuItem
              icon={<LogOut aria-hidden="true" className="text-muted" size={15} />}
              onClick={() => void leave()}
            >
              Sign out
            </MenuItem>
          )}
        </>
      )}
    </PopoverButton>
  )
}
