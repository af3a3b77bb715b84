/** What workspaces of version 5 and before did not have, as it begins. */
export const addedInVersion6 = { folds: {}, history: {}, recentCommands: [], recentEndpoints: [] }
