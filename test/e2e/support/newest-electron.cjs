// Run before the app (electron -r): takes away what the newest Electron no longer has, so that the app goes the way that
// it goes there.
const { protocol } = require('electron')

for (const name of ['registerBufferProtocol']) Reflect.deleteProperty(protocol, name)
