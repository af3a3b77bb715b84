import { spawnSync } from 'node:child_process'

/** Debian's Python: its pyzmq package works only with that one. */
export const python = '/usr/bin/python3'
export const hasPython = spawnSync(python, ['-c', 'import zmq']).status === 0
