/**
 * @typedef {object} RuntimeFacts what is known before anything is fetched
 * @property {string | undefined} override the folder that ELECTRON_OVERRIDE_DIST_PATH names
 * @property {boolean} overrideUsable
 * @property {string | undefined} official the folder of the official runtime, if it is installed
 * @property {string | undefined} cached the folder of the registry's runtime, if it is in the cache
 * @property {boolean} registryFits whether the registry's runtime runs on this platform
 *
 * @typedef {'use-override' | 'reject-override' | 'use-official' | 'use-cached'} Settled nothing to fetch
 * @typedef {'download' | 'download-or-build'} Fetched something to fetch
 */

/**
 * Which runtime to take: what a person asked for, then what is already here (the official one first),
 * then what can be fetched (the official one first).
 * @param {RuntimeFacts} facts
 * @returns {Settled | Fetched}
 */
export function chooseRuntime(facts) {
  if (facts.override) return facts.overrideUsable ? 'use-override' : 'reject-override'
  if (facts.official) return 'use-official'
  if (facts.cached) return 'use-cached'
  return facts.registryFits ? 'download-or-build' : 'download'
}
