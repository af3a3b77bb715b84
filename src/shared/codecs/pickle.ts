import type { View } from './codec.ts'
import { viewFacts } from './facts.ts'
import { pickleText, readPickle } from './pickle/pickle.ts'

/** Python's pickle, as `send_pyobj` of pyzmq sends it. It is only read: nothing of it is ever executed. */
export const pickle: View = {
  ...viewFacts.pickle,
  decode(bytes) {
    const { fault } = readPickle(bytes)
    if (fault) throw fault
    return pickleText(bytes)
  },
  read: readPickle,
  line: (bytes, maximumCharacters) => (readPickle(bytes).fault ? undefined : pickleText(bytes, maximumCharacters)),
}
