import { type AdviceFor, textFact } from './finding.ts'

/** Why no transport connection can be made: names, addresses, paths. */
export const addressAdvice = {
  'nobody-listening': () => ({
    cause: 'Nobody is listening there.',
    cure: 'Start the server, or check the host and the port.',
  }),
  'name-not-resolved': (facts) => ({
    cause: `The host name ${textFact(facts, 'name')} does not resolve.`,
    cure: 'Check its spelling, or use an IP address.',
  }),
  'name-lookup-failed': (facts) => ({
    cause: `The host name ${textFact(facts, 'name')} could not be looked up: the name server does not answer.`,
    cure: 'Check the network of this machine, or use an IP address.',
  }),
  'name-needs-ipv6': (facts) => ({
    cause: `The host name ${textFact(facts, 'name')} has IPv6 addresses only, and IPv6 is off.`,
    cure: 'Turn on IPv6 in the socket options.',
  }),
  'network-unreachable': (facts) => ({
    cause: `The network of ${textFact(facts, 'address')} is unreachable from this machine.`,
    cure: 'Check the address and the network connection, a VPN perhaps.',
  }),
  'no-route': (facts) => ({
    cause: `There is no route to ${textFact(facts, 'address')}.`,
    cure: 'The host is off, or a firewall or the routing keeps it out of reach: check the address.',
  }),
  'no-answer': (facts) => ({
    cause: `The address ${textFact(facts, 'address')} did not answer the attempt to connect.`,
    cure: 'The host may be off, or a firewall drops the packets: check the address and the port.',
  }),
  'zone-missing': (facts) => ({
    cause: `The link-local address ${textFact(facts, 'address')} needs the network interface.`,
    cure: 'Write the interface after the address, such as [fe80::1%eth0].',
  }),
  'no-such-interface': (facts) => ({
    cause: `This machine has no network interface ${textFact(facts, 'name')}.`,
    cure: 'Check its name: the system lists them (ip addr).',
  }),
  'source-not-here': (facts) => ({
    cause: `This machine has no address ${textFact(facts, 'address')} to connect from.`,
    cure: 'Use one of its own addresses before the semicolon, or none.',
  }),
  'source-in-use': (facts) => ({
    cause: `The source address ${textFact(facts, 'address')} is in use.`,
    cure: 'Use another port before the semicolon, or 0 for any.',
  }),
  'cannot-connect': (facts) => ({
    cause: `The system cannot connect there (${textFact(facts, 'code')}).`,
    cure: 'Check the endpoint.',
  }),
  'ipc-no-folder': (facts) => ({
    cause: `The folder ${textFact(facts, 'folder')} does not exist.`,
    cure: 'Check the path, or create the folder and start the server.',
  }),
  'ipc-not-a-folder': (facts) => ({
    cause: `The path ${textFact(facts, 'folder')} is not a folder.`,
    cure: 'Check the path.',
  }),
  'ipc-no-socket': (facts) => ({
    cause: `There is no socket at ${textFact(facts, 'path')}.`,
    cure: 'Start the server, or check the path.',
  }),
  'ipc-not-a-socket': (facts) => ({
    cause: `The path ${textFact(facts, 'path')} is a ${textFact(facts, 'what')}, not a socket.`,
    cure: 'Check the path.',
  }),
  'ipc-not-permitted': (facts) => ({
    cause: `This user may not open ${textFact(facts, 'path')}.`,
    cure: 'Check the permissions of the socket and its folders.',
  }),
  'ipc-nobody-listening': (facts) => ({
    cause: `Nobody is listening on ${textFact(facts, 'path')}.`,
    cure: 'The socket file is left over from a server that ended: start the server.',
  }),
  'ipc-queue-full': (facts) => ({
    cause: `The server at ${textFact(facts, 'path')} does not accept connections: its queue is full.`,
    cure: 'It hangs, or has too much to do: look at it.',
  }),
  'ipc-other-kind': (facts) => ({
    cause: `The socket at ${textFact(facts, 'path')} is not a stream socket, which ZeroMQ needs.`,
    cure: 'Another program made it: check the path.',
  }),
  'ipc-name-unused': (facts) => ({
    cause: `Nobody is listening on the abstract name ${textFact(facts, 'name')}.`,
    cure: 'Start the server, or check the name.',
  }),
  'inproc-not-bound': (facts) => ({
    cause: `Nobody has bound inproc://${textFact(facts, 'name')} in this application.`,
    cure: 'Start the echo server on this name. Other programs cannot be reached by inproc.',
  }),
} as const satisfies Record<string, AdviceFor>
