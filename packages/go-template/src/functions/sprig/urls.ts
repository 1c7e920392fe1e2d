import { FunctionError } from '../../errors.ts'
import { quoteGo } from '../../format/quote.ts'
import { bytesToText, textToBytes } from '../../value/bytes.ts'
import type { GoMap } from '../../value/go-value.ts'
import { kindName } from '../../value/kind.ts'
import { fn, type TemplateFunction } from '../signature.ts'

/** Parts of a URL as Go's net/url names them. */
interface UrlParts {
  scheme: string
  opaque: string
  /** `name[:password]` as written; `undefined` when there is none. */
  user: string | undefined
  host: string
  path: string
  /** The path as written, where its escapes are not the ones Go would choose. */
  rawPath: string
  query: string
  fragment: string
}

const fail = (url: string, reason: string): never => {
  throw new FunctionError(`unable to parse url: parse ${quoteGo(url)}: ${reason}`)
}

function unescapeUrl(text: string, url: string): string {
  if (!text.includes('%')) return text
  const wrong = /%(?![0-9A-Fa-f]{2})(.{0,2})/.exec(text)
  if (wrong !== null) return fail(url, `invalid URL escape ${quoteGo(`%${wrong[1]}`)}`)
  const bytes = Array.from(
    textToBytes(
      text.replace(/%[0-9A-Fa-f]{2}/g, (hex) => String.fromCharCode(0xf000 + Number.parseInt(hex.slice(1), 16))),
    ),
  )
  const out: number[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const isMarked = bytes[at] === 0xef && ((bytes[at + 1] as number) & 0xfc) === 0x80
    if (!isMarked) out.push(bytes[at] as number)
    else {
      out.push((((bytes[at + 1] as number) & 3) << 6) | ((bytes[at + 2] as number) & 0x3f))
      at += 2
    }
  }
  return bytesToText(Uint8Array.from(out))
}

function parse(url: string): UrlParts {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(url)) fail(url, 'net/url: invalid control character in URL')
  const hash = url.indexOf('#')
  const fragment = hash < 0 ? '' : unescapeUrl(url.slice(hash + 1), url)
  let rest = hash < 0 ? url : url.slice(0, hash)
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest)?.[1] ?? ''
  if (scheme === '' && rest.startsWith(':')) fail(url, 'missing protocol scheme')
  if (scheme !== '') rest = rest.slice(scheme.length + 1)
  const mark = rest.indexOf('?')
  const query = mark < 0 ? '' : rest.slice(mark + 1)
  if (mark >= 0) rest = rest.slice(0, mark)
  const parts = {
    scheme: scheme.toLowerCase(),
    opaque: '',
    user: undefined,
    host: '',
    path: '',
    rawPath: '',
    query,
    fragment,
  }
  if (!rest.startsWith('/') && scheme !== '') return { ...parts, opaque: rest }
  if (!rest.startsWith('/') && /^[^/]*:/.test(rest)) fail(url, 'first path segment in URL cannot contain colon')
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///')))
    return { ...parts, path: unescapeUrl(rest, url), rawPath: rest }
  return { ...parts, ...parseAuthority(rest.slice(2), url) }
}

function parseAuthority(rest: string, url: string): Pick<UrlParts, 'user' | 'host' | 'path' | 'rawPath'> {
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const rawPath = slash < 0 ? '' : rest.slice(slash)
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1)
  if (host.startsWith('[') && !host.includes(']')) fail(url, "missing ']' in host")
  const port = /:([^\]]*)$/.exec(host)?.[1]
  if (port !== undefined && !/^\d*$/.test(port)) fail(url, `invalid port ${quoteGo(`:${port}`)} after host`)
  if (/[ "<>\\^`{|}]/.test(host))
    fail(url, `invalid character ${quoteGo((/[ "<>\\^`{|}]/.exec(host) as RegExpExecArray)[0])} in host name`)
  return {
    user: at < 0 ? undefined : authority.slice(0, at),
    host: unescapeUrl(host, url),
    path: unescapeUrl(rawPath, url),
    rawPath,
  }
}

function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host)
  return bracketed?.[1] ?? host.replace(/:\d*$/, '')
}

const escapeWith = (text: string, keep: RegExp) =>
  Array.from(textToBytes(text), (byte) => {
    const char = String.fromCharCode(byte)
    return byte < 0x80 && keep.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')

const pathChars = /[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]]/
const fragmentChars = /[A-Za-z0-9\-_.~$&+,/:;=?@!'()*[\]]/
const userChars = /[A-Za-z0-9\-_.~$&+,;=]/

/** Go escapes a path with the set without `!'()*[]`, but leaves a path alone that is valid as it stands. */
const pathEscape = (path: string) => {
  const strict = /[A-Za-z0-9\-_.~$&+,/:;=@]/
  return /^[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]]*$/.test(path) && !/[!'()*[\]]/.test(path)
    ? path
    : escapeWith(path, /[!'()*]/.test(path) ? pathChars : strict)
}

function textAt(map: GoMap, key: string): string {
  const value = Object.hasOwn(map, key) ? map[key] : ''
  if (typeof value === 'string') return value
  throw new FunctionError(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`)
}

function userInfo(text: string): string {
  const colon = text.indexOf(':')
  const part = (raw: string) => escapeWith(unescapeUrl(raw, text), userChars)
  return colon < 0 ? part(text) : `${part(text.slice(0, colon))}:${part(text.slice(colon + 1))}`
}

function join(map: GoMap): string {
  const [scheme, opaque, host, path, query, fragment, user] = [
    'scheme',
    'opaque',
    'host',
    'path',
    'query',
    'fragment',
    'userinfo',
  ].map((key) => textAt(map, key)) as [string, string, string, string, string, string, string]
  let out = scheme === '' ? '' : `${scheme}:`
  if (opaque !== '') out += opaque
  else {
    if (scheme !== '' || host !== '' || user !== '') {
      if (host !== '' || path !== '' || user !== '') out += '//'
      if (user !== '') out += `${userInfo(user)}@`
      out += escapeWith(host, /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/)
    }
    const escaped = pathEscape(path)
    if (escaped !== '' && !escaped.startsWith('/') && host !== '') out += '/'
    if (out === '' && /^[^/]*:/.test(escaped)) out += './'
    out += escaped
  }
  if (query !== '') out += `?${query}`
  return fragment === '' ? out : `${out}#${escapeWith(fragment, fragmentChars)}`
}

/** URL functions of sprig. */
export const urls: Readonly<Record<string, TemplateFunction>> = {
  urlParse: fn(['string'], (url) => {
    const { scheme, host, path, query, opaque, fragment, user } = parse(url)
    const userinfo = user === undefined ? '' : userInfo(user)
    return { scheme, host, hostname: hostName(host), path, query, opaque, fragment, userinfo }
  }),
  urlJoin: fn(['map'], join),
}
