import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { FunctionError } from '../errors.ts'
import { bits, boolean, children, explicit, implicit, integer, octets, oid, sequence, set, text, time } from './der.ts'
import type { RandomBytes } from './private-key.ts'

/** What a certificate is to say. */
export interface CertificateRequest {
  readonly commonName: string
  /** Addresses in bytes. */
  readonly addresses: readonly Uint8Array[]
  readonly names: readonly string[]
  readonly days: number
  readonly isAuthority: boolean
  readonly key: KeyObject
  /** Signs the certificate; the key itself when absent. */
  readonly issuer?: { readonly certificate: string; readonly key: KeyObject }
  readonly now: Date
  readonly random: RandomBytes
}

/** Issues an X.509 certificate in PEM. */
export function issueCertificate(request: CertificateRequest): string {
  const issuer = request.issuer === undefined ? undefined : readIssuer(request.issuer.certificate)
  const signer = request.issuer?.key ?? request.key
  const algorithm = signatureAlgorithm(signer)
  const subject = sequence(set(sequence(oid('2.5.4.3'), text(request.commonName))))
  const until = new Date(request.now.getTime() + request.days * 86_400_000)
  const key = createPublicKey(request.key).export({ type: 'spki', format: 'der' })
  const body = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(serialNumber(request.random)),
    algorithm,
    issuer?.subject ?? subject,
    sequence(time(request.now), time(until)),
    subject,
    key,
    explicit(3, extensions(request, { subjectKey: keyId(key), authorityKey: issuer?.keyId })),
  )
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : 'sha256', body, signer)
  const certificate = Buffer.from(sequence(body, algorithm, bits(signature)))
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}

function serialNumber(random: RandomBytes): Uint8Array {
  const bytes = Uint8Array.from(random(16))
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x01
  return bytes
}

function signatureAlgorithm(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'ec') return sequence(oid('1.2.840.10045.4.3.2'))
  if (key.asymmetricKeyType === 'ed25519') return sequence(oid('1.3.101.112'))
  return sequence(oid('1.2.840.113549.1.1.11'), Uint8Array.of(0x05, 0x00))
}

/** First 20 bytes of the hash of the key's bits. */
function keyId(spki: Uint8Array): Uint8Array {
  const outer = children(spki)[0]
  const key = outer === undefined ? undefined : children(outer.content)[1]
  return createHash('sha256')
    .update(key?.content.subarray(1) ?? spki)
    .digest()
    .subarray(0, 20)
}

function extensions(
  request: CertificateRequest,
  keys: { subjectKey: Uint8Array; authorityKey: Uint8Array | undefined },
): Uint8Array {
  const { isAuthority, addresses, names } = request
  const extension = (id: string, value: Uint8Array, critical = false) =>
    sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))
  const alternatives = [
    ...names.map((name) => implicit(2, new TextEncoder().encode(name))),
    ...addresses.map((address) => implicit(7, address)),
  ]
  return sequence(
    // Digital signature and key encipherment; authorities sign certificates too.
    extension('2.5.29.15', isAuthority ? bits(Uint8Array.of(0xa4), 2) : bits(Uint8Array.of(0xa0), 5), true),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2'))),
    extension('2.5.29.19', isAuthority ? sequence(boolean(true)) : sequence(), true),
    ...(isAuthority ? [extension('2.5.29.14', octets(keys.subjectKey))] : []),
    ...(keys.authorityKey === undefined ? [] : [extension('2.5.29.35', sequence(implicit(0, keys.authorityKey)))]),
    ...(alternatives.length === 0 ? [] : [extension('2.5.29.17', sequence(...alternatives))]),
  )
}

/** Subject and key id of the certificate that signs. */
function readIssuer(pem: string): { subject: Uint8Array; keyId: Uint8Array | undefined } {
  const raw = parseCertificate(pem, 'decodedSignerCert').raw
  const body = children(children(raw)[0]?.content ?? raw)[0]
  const fields = children(body?.content ?? raw)
  const subject = fields[5]?.whole ?? sequence()
  const list = fields.find((field) => field.tag === 0xa3)
  const all = list === undefined ? [] : children(children(list.content)[0]?.content ?? new Uint8Array())
  const found = all
    .map((field) => children(field.content))
    .find(([id]) => id !== undefined && Buffer.from(id.whole).equals(oid('2.5.29.14')))
  const value = found?.at(-1)
  return { subject, keyId: value === undefined ? undefined : children(value.content)[0]?.content }
}

/** Reads a certificate; raises sprig's wording. */
export function parseCertificate(pem: string, variable: string): X509Certificate {
  if (!/-----BEGIN [^-]+-----/.test(pem)) throw new FunctionError('unable to decode certificate')
  try {
    return new X509Certificate(pem)
  } catch {
    throw new FunctionError(`error parsing certificate: ${variable}.Bytes: x509: malformed certificate`)
  }
}
