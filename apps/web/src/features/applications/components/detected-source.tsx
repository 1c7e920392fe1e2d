'use client'

import { Button, Checkbox, IconButton, Input, Skeleton, TextArea } from '@driftless/ui'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { type NewApplicationForm, useSourceDetails } from '../hooks/use-new-application.ts'
import { useSettled } from '../hooks/use-settled.ts'
import { fieldPaths } from '../logic/new-application.ts'

/** Spec: the type of a source is looked up this long after the last key (ms). */
const lookupPause = 800

type Details = NonNullable<ReturnType<typeof useSourceDetails>['data']>
interface PartProps {
  readonly form: NewApplicationForm
  readonly details: Details
}

/** What the path holds, and what can be said to its tool. */
export function DetectedSource({ form }: { readonly form: NewApplicationForm }) {
  const t = useTranslate()
  const wanted = useSettled(
    JSON.stringify([form.readText('repoURL'), form.readText('path'), form.readText('revision')]),
    lookupPause,
  )
  const [repoURL = '', path = '', targetRevision = ''] = JSON.parse(wanted) as string[]
  const details = useSourceDetails({ repoURL, path, targetRevision }, form.readText('project'))
  const refusal = useRefusal(details.error)
  if (repoURL === '' || path === '') return null
  // A refused path is said once, beside its field.
  if (refusal !== undefined && form.errorOf('path') !== undefined) return null
  if (refusal !== undefined) {
    return (
      <p className="whitespace-pre-wrap break-words text-12 text-degraded-fg" role="alert">
        {refusal.message}
      </p>
    )
  }
  if (details.data === undefined) return <Skeleton height={36} width="40%" />
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold text-14">
        {details.data.type} <span className="ml-1 font-normal text-12 text-text-3">{t('new.detected', { path })}</span>
      </h2>
      {details.data.type === 'Helm' ? <HelmPart details={details.data} form={form} /> : null}
      {details.data.type === 'Kustomize' ? <KustomizePart details={details.data} form={form} /> : null}
      {details.data.type === 'Directory' ? <DirectoryPart form={form} /> : null}
    </section>
  )
}

interface Parameter {
  readonly name: string
  readonly value: string
}

function HelmPart({ form, details }: PartProps) {
  const t = useTranslate()
  const chosen = (form.read([...fieldPaths.helm, 'valueFiles']) as string[] | undefined) ?? []
  const overrides = (form.read([...fieldPaths.helm, 'parameters']) as Parameter[] | undefined) ?? []
  const setFile = (file: string, on: boolean) => {
    const next = on ? [...chosen, file] : chosen.filter((each) => each !== file)
    form.set([...fieldPaths.helm, 'valueFiles'], next.length === 0 ? undefined : next)
  }
  const setParameter = (name: string, value: string | undefined) => {
    const others = overrides.filter((each) => each.name !== name)
    const next = value === undefined ? others : [...others, { name, value }]
    form.set([...fieldPaths.helm, 'parameters'], next.length === 0 ? undefined : next)
  }
  const values = form.read([...fieldPaths.helm, 'values'])
  return (
    <>
      {(details.helm?.valueFiles ?? []).length === 0 ? null : (
        <fieldset className="flex flex-wrap gap-x-5">
          <legend className="mb-1 font-medium text-12 text-text-2">{t('helm.valueFiles')}</legend>
          {details.helm?.valueFiles?.map((file) => (
            <Checkbox
              checked={chosen.includes(file)}
              key={file}
              label={file}
              onChange={(event) => setFile(file, event.target.checked)}
            />
          ))}
        </fieldset>
      )}
      <TextArea
        label={t('helm.values')}
        mono
        onChange={(event) =>
          form.set([...fieldPaths.helm, 'values'], event.target.value === '' ? undefined : event.target.value)
        }
        placeholder={details.helm?.values?.slice(0, 400)}
        rows={5}
        value={typeof values === 'string' ? values : ''}
      />
      {(details.helm?.parameters ?? []).length === 0 ? null : (
        <div className="grid gap-1">
          <h3 className="font-medium text-12 text-text-2">{t('helm.parameters')}</h3>
          {details.helm?.parameters?.map((parameter) => {
            const override = overrides.find((each) => each.name === parameter.name)
            return (
              <div
                className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px] items-center gap-2 border-line border-b py-1"
                key={parameter.name}
              >
                <code className="truncate font-mono text-12">{parameter.name}</code>
                <input
                  aria-label={parameter.name}
                  className="h-7 min-w-0 rounded-2 border border-line-strong bg-surface px-2 font-mono text-12"
                  onChange={(event) => setParameter(parameter.name, event.target.value)}
                  placeholder={parameter.value}
                  value={override?.value ?? ''}
                />
                {override === undefined ? (
                  <span />
                ) : (
                  <IconButton
                    icon="rollback"
                    label={t('helm.reset')}
                    onClick={() => setParameter(parameter.name, undefined)}
                  />
                )}
              </div>
            )
          })}
        </div>
      )}
    </>
  )
}

function KustomizePart({ form, details }: PartProps) {
  const t = useTranslate()
  const field = (name: string) => {
    const value = form.read([...fieldPaths.kustomize, name])
    return {
      value: typeof value === 'string' ? value : '',
      onChange: (event: { target: { value: string } }) =>
        form.set([...fieldPaths.kustomize, name], event.target.value === '' ? undefined : event.target.value),
    }
  }
  const overrides = (form.read([...fieldPaths.kustomize, 'images']) as string[] | undefined) ?? []
  const base = (image: string) => image.replace(/[:@=][^/]*$/, '')
  const setImage = (image: string, tag: string) => {
    const others = overrides.filter((each) => base(each) !== base(image))
    const next = tag === '' ? others : [...others, `${base(image)}:${tag}`]
    form.set([...fieldPaths.kustomize, 'images'], next.length === 0 ? undefined : next)
  }
  return (
    <>
      <div className="grid grid-cols-3 gap-4 max-sm:grid-cols-1">
        <Input label={t('kustomize.prefix')} placeholder={t('kustomize.nothing')} {...field('namePrefix')} />
        <Input label={t('kustomize.suffix')} placeholder={t('kustomize.nothing')} {...field('nameSuffix')} />
        <Input label={t('field.namespace')} placeholder={t('kustomize.fromDestination')} {...field('namespace')} />
      </div>
      {(details.kustomize?.images ?? []).map((image) => {
        const override = overrides.find((each) => base(each) === base(image))
        return (
          <div
            className="grid grid-cols-[minmax(0,1fr)_160px_auto] items-center gap-2 border-line border-b py-1"
            key={image}
          >
            <code className="truncate font-mono text-12">{image}</code>
            <input
              aria-label={t('kustomize.tagOf', { image: base(image) })}
              className="h-7 rounded-2 border border-line-strong bg-surface px-2 font-mono text-12"
              onChange={(event) => setImage(image, event.target.value)}
              placeholder={t('kustomize.tag')}
              value={override?.slice(base(image).length + 1) ?? ''}
            />
            <Button
              disabled={override === undefined}
              icon="rollback"
              kind="ghost"
              onClick={() => setImage(image, '')}
              size="sm"
            >
              {t('helm.reset')}
            </Button>
          </div>
        )
      })}
    </>
  )
}

function DirectoryPart({ form }: { readonly form: NewApplicationForm }) {
  const t = useTranslate()
  const recurse = form.read([...fieldPaths.directory, 'recurse']) === true
  const text = (name: 'include' | 'exclude') => {
    const value = form.read([...fieldPaths.directory, name])
    return typeof value === 'string' ? value : ''
  }
  return (
    <>
      <Checkbox
        checked={recurse}
        label={t('directory.recurse')}
        onChange={(event) => form.set([...fieldPaths.directory, 'recurse'], event.target.checked ? true : undefined)}
      />
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        {(['include', 'exclude'] as const).map((name) => (
          <Input
            key={name}
            label={t(`directory.${name}`)}
            onChange={(event) =>
              form.set([...fieldPaths.directory, name], event.target.value === '' ? undefined : event.target.value)
            }
            placeholder="*.yaml"
            value={text(name)}
          />
        ))}
      </div>
    </>
  )
}
