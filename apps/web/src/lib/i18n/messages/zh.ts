import { applicationMessages } from './zh/application.ts'
import { consoleMessages } from './zh/console.ts'

/** The whole Simplified Chinese catalogue. */
export const zh = { ...consoleMessages, ...applicationMessages }
