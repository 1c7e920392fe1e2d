import type { TemplateFunction } from './signature.ts'
import { certificates } from './sprig/certificates.ts'
import { dates } from './sprig/dates.ts'
import { defaults } from './sprig/defaults.ts'
import { dicts } from './sprig/dicts.ts'
import { encoding } from './sprig/encoding.ts'
import { lists } from './sprig/lists.ts'
import { numbers } from './sprig/numbers.ts'
import { passwords } from './sprig/passwords.ts'
import { paths } from './sprig/paths.ts'
import { random } from './sprig/random.ts'
import { reflection } from './sprig/reflection.ts'
import { regexes } from './sprig/regexes.ts'
import { strings } from './sprig/strings.ts'
import { surroundings } from './sprig/surroundings.ts'
import { urls } from './sprig/urls.ts'
import { versions } from './sprig/versions.ts'

/** Every function of sprig v3. */
export const sprig: Readonly<Record<string, TemplateFunction>> = {
  ...strings,
  ...numbers,
  ...lists,
  ...dicts,
  ...defaults,
  ...reflection,
  ...dates,
  ...encoding,
  ...regexes,
  ...versions,
  ...urls,
  ...paths,
  ...random,
  ...certificates,
  ...passwords,
  ...surroundings,
}
