import { RE2JS } from 're2js'

type Check = (text: string) => boolean

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4Pattern = new RegExp(`^${octet}(?:\\.${octet}){3}$`)
const hostLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

const isIpv4: Check = (text) => ipv4Pattern.test(text)
const isHostname: Check = (text) =>
  text.length > 0 &&
  text.replace(/\.$/, '').length <= 253 &&
  text
    .replace(/\.$/, '')
    .split('.')
    .every((label) => hostLabel.test(label))

function isIpv6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const whole = tail.includes('.') ? (isIpv4(tail) ? `${text.slice(0, -tail.length)}0:0` : 'x') : text
  const halves = whole.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  return (
    groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) &&
    (halves.length === 2 ? groups.length < 8 : groups.length === 8)
  )
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

const isTime: Check = (text) =>
  /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[zZ]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.test(text)
const isDateTime: Check = (text) => /^.{10}[tT]/.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11))
const isUriReference: Check = (text) => !/[\s\\<>"{}|^`]/.test(text) && !/%(?![0-9a-fA-F]{2})/.test(text)
const isUri: Check = (text) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && isUriReference(text)
const isPointer: Check = (text) => text === '' || /^(?:\/(?:[^~/]|~[01])*)+$/.test(text)

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > 254) return false
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  if (/^".*"$/.test(local)) return true
  return (
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/.test(local) &&
    !/^\.|\.$|\.\./.test(local) &&
    (isHostname(domain) || /^\[.*\]$/.test(domain))
  )
}

function isRegex(text: string): boolean {
  try {
    RE2JS.compile(text)
    return true
  } catch {
    return false
  }
}

/** Formats that are checked; unknown ones always pass. */
export const formats: Readonly<Record<string, Check>> = {
  'date-time': isDateTime,
  date: isDate,
  time: isTime,
  email: isEmail,
  'idn-email': isEmail,
  hostname: isHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: isUri,
  iri: isUri,
  'uri-reference': isUriReference,
  'iri-reference': isUriReference,
  'json-pointer': isPointer,
  uuid: (text) => /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text),
  duration: (text) => /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.test(text),
  regex: isRegex,
}
