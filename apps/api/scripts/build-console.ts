// Builds the console when its sources changed, as a start does; for images.
import { buildConsole } from '../src/console/build-console.ts'

await buildConsole((message) => console.log(message))
