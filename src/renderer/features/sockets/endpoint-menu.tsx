import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'

/** What else a REQ can do with its endpoints than connect to one. */
export function EndpointMenu({ draft }: { readonly draft: SocketDraft }) {
  const endpoint = endpointOf(draft)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="More endpoints" title="More endpoints" variant="subtle" color="gray">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            applyStep(updateSocket(draft.id, { attach: [...draft.attach, { how: 'connect', endpoint: '' }] }))
          }
        >
          Add endpoint
        </Menu.Item>
        <Menu.Item onClick={() => applyStep(updateSocket(draft.id, { attach: [{ how: 'bind', endpoint }] }))}>
          Bind instead of connecting
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
