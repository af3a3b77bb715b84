import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const Schemas = lazyDialog(async () => (await import('./schemas.tsx')).Schemas)

/** The sources of Protobuf message types. */
export function SchemasDialog() {
  return <Schemas {...useDialog('schemas')} title="Protobuf schemas" close="Close schemas" size="lg" />
}
