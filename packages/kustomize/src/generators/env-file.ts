/** The pairs of an env file: `KEY=value` lines; blank lines and lines starting with `#` are skipped, a line without `=` is an empty value. */
export function parseEnvFile(text: string): [string, string][] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=')
      return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
    })
}
