import {
  IconArrowBackUp,
  IconArrowBarToRight,
  IconArrowsLeftRight,
  IconCopy,
  IconFilter,
  IconGitCompare,
  IconSend,
} from '@tabler/icons-react'
import type { RecordRow } from '../../shared/transcript/record.ts'
import type { MenuContent } from './menu-entries.ts'

/** Formats in which a message is copied from its row. */
export type CopiedForm = 'text' | 'hex' | 'base64' | 'preview'

/** What there is to be done with a row; what is null cannot be done. */
export interface RowActions {
  readonly open: () => Promise<void>
  /** Opens the other message of the exchange. */
  readonly openPartner: { readonly is: 'request' | 'reply'; readonly open: () => Promise<void> } | null
  /** Makes it the message of the socket that is shown. */
  readonly use: { readonly as: 'request' | 'message'; readonly take: () => Promise<void> } | null
  readonly sendAgain: (() => Promise<void>) | null
  /** Shows what is another than in the message that is open. */
  readonly compare: (() => void) | null
  readonly filterToSocket: (() => void) | null
  readonly filterToTopic: (() => void) | null
  readonly copy: (form: CopiedForm) => Promise<void>
}

/** The context menu of a row. What cannot be done with it is left out. */
export function rowMenu({ kind }: RecordRow, actions: RowActions): MenuContent {
  const { open, openPartner, use, sendAgain, compare, filterToSocket, filterToTopic, copy } = actions
  const isMessage = kind === 'message'
  return [
    { label: 'Open', icon: IconArrowBarToRight, keys: 'Enter', onSelect: open },
    openPartner && { label: `Show its ${openPartner.is}`, icon: IconArrowsLeftRight, onSelect: openPartner.open },
    compare && { label: 'Compare with the open message', icon: IconGitCompare, onSelect: compare },
    'divider',
    use && { label: `Use as the ${use.as}`, icon: IconArrowBackUp, onSelect: use.take },
    sendAgain && { label: 'Send again', icon: IconSend, onSelect: sendAgain },
    'divider',
    filterToSocket && { label: 'Filter to this socket', icon: IconFilter, onSelect: filterToSocket },
    filterToTopic && { label: 'Filter to this topic', icon: IconFilter, onSelect: filterToTopic },
    'divider',
    isMessage && { label: 'Copy as text', icon: IconCopy, onSelect: () => copy('text') },
    isMessage && { label: 'Copy as hex', icon: IconCopy, onSelect: () => copy('hex') },
    isMessage && { label: 'Copy as Base64', icon: IconCopy, onSelect: () => copy('base64') },
    { label: isMessage ? 'Copy the preview' : 'Copy', icon: IconCopy, onSelect: () => copy('preview') },
  ]
}
