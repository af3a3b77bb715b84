import { IconArrowBackUp, IconCopy, IconDownload, IconSearch } from '@tabler/icons-react'
import { copyFormatLabels, copyFormats } from '../../../shared/codecs/copy-as.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import type { FrameUse } from './frame-use.ts'

/** What can be done with a received frame. */
export function frameItems({ what, canFind, onCopy, onSave, onUse }: FrameUse, onFind: () => void): MenuContent {
  return [
    canFind && { label: 'Find…', icon: IconSearch, onSelect: onFind },
    { label: 'Use this message as the request', icon: IconArrowBackUp, onSelect: onUse },
    { label: 'Save the bytes…', icon: IconDownload, onSelect: onSave },
    { group: `Copy the ${what} as` },
    ...copyFormats.map((format) => ({
      label: copyFormatLabels[format],
      icon: IconCopy,
      onSelect: () => onCopy(format),
    })),
  ]
}
