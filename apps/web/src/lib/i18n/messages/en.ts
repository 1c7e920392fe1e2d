import { applicationMessages } from './en/application.ts'
import { consoleMessages } from './en/console.ts'

/** The whole English catalogue. */
export const en = { ...consoleMessages, ...applicationMessages }
