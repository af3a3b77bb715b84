import { Context } from 'zeromq'

/** Contexts that no socket uses now. Each has threads of its own, which libzmq ends only when it is collected. */
const idle: Context[] = []

/**
 * A context for the sockets of one server: libzmq takes one authenticator for each. `give` it back when they have ended.
 */
export function takeContext(): { readonly context: Context; give(): void } {
  const context = idle.pop() ?? new Context({ blocky: false })
  return { context, give: () => void idle.push(context) }
}
