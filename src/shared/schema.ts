import { z } from 'zod'

// zod would otherwise test whether it may compile functions, which the window's content security policy reports.
z.config({ jitless: true })

export { z }
