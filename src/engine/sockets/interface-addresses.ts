import { networkInterfaces } from 'node:os'

/** The addresses of each network interface of this computer, by its name, which libzmq takes for a host. */
export function interfaceAddresses(): Readonly<Record<string, readonly string[]>> {
  const all = Object.entries(networkInterfaces())
  return Object.fromEntries(all.map(([name, found = []]) => [name, found.map(({ address }) => address)]))
}
