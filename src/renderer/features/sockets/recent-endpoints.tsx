import { useWorkspace } from '../../state/workspace-store.ts'

/** What an input names as its `list`, to offer the endpoints used last. */
export const recentEndpoints = 'recent-endpoints'

/** The endpoints used last, which inputs offer while one is typed. */
export function RecentEndpoints() {
  const recent = useWorkspace((workspace) => workspace.recentEndpoints)
  return (
    <datalist id={recentEndpoints}>
      {recent.map((endpoint) => (
        <option key={endpoint} value={endpoint} />
      ))}
    </datalist>
  )
}
