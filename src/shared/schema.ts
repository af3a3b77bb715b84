import { z } from 'zod'

// zod would otherwise try whether it may compile functions, which the window's content security policy reports.
z.config({ jitless: true })

export { z }
