import type { Applications } from '@driftless/applications'

/** The front door of the loop, as the routes use it: commands and questions, not its life. */
export type ApplicationsPort = Omit<Applications, 'start' | 'stop'>
