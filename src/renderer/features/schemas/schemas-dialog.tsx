import { CommandDialog, lazyDialog } from '../../ui/dialog.tsx'

const Schemas = lazyDialog(async () => (await import('./schemas.tsx')).Schemas)

/** The sources of Protobuf's message types. */
export function SchemasDialog() {
  return <CommandDialog name="schemas" title="Protobuf schemas" close="Close schemas" size="lg" content={Schemas} />
}
