import { startGitServer } from '@driftless/testkit'

const image = 'registry.example.com/demo/echo-server'

const chart: Record<string, string> = {
  'manifests/helm/Chart.yaml': 'apiVersion: v2\nname: echo-server\nversion: 0.1.0\nappVersion: "v1.0"\n',
  'manifests/helm/values.yaml': values('v1.0'),
  'manifests/helm/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: echo-server
  labels:
    app: echo-server
spec:
  replicas: 1
  selector:
    matchLabels:
      app: echo-server
  template:
    metadata:
      labels:
        app: echo-server
    spec:
      containers:
        - name: echo-server
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          readinessProbe:
            httpGet:
              path: /
              port: http
`,
  'manifests/helm/templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: echo-server
  labels:
    app: echo-server
spec:
  type: {{ .Values.service.type }}
  ports:
    - port: 8080
      targetPort: http
      protocol: TCP
      name: http
  selector:
    app: echo-server
`,
}

/** The values of the tutorial's chart with an image tag. */
export function values(tag: string): string {
  return `image:
  repository: ${image}
  pullPolicy: IfNotPresent
  # Overrides the image tag whose default is the chart appVersion.
  tag: "${tag}"

service:
  type: LoadBalancer
`
}

function deployment(tag: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: echo-server
  labels:
    app: echo-server
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: echo-server
  template:
    metadata:
      labels:
        app: echo-server
    spec:
      containers:
        - name: echo-server
          image: ${image}:${tag}
          resources:
            requests:
              cpu: 50m
              memory: 50Mi
          ports:
            - containerPort: 8080
`
}

const service = `apiVersion: v1
kind: Service
metadata:
  name: echo-server
  labels:
    app: echo-server
spec:
  ports:
    - port: 80
      protocol: TCP
      targetPort: 8080
  selector:
    app: echo-server
`

const patch = (tag: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: echo-server
spec:
  template:
    spec:
      containers:
        - name: echo-server
          image: ${image}:${tag}
`

const overlay = 'bases:\n  - ../../base\npatchesStrategicMerge:\n  - deployment.yaml\n'

const files: Record<string, string> = {
  'README.md': '# Tutorial\n',
  ...chart,
  'manifests/directory/production/deployment.yaml': deployment('v1.0', 2),
  'manifests/directory/production/service.yaml': service,
  'manifests/directory/staging/deployment.yaml': deployment('v1.0', 1),
  'manifests/directory/staging/service.yaml': service,
  'manifests/kustomize/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n',
  'manifests/kustomize/base/deployment.yaml': deployment('v1.0', 1),
  'manifests/kustomize/base/service.yaml': service,
  'manifests/kustomize/overlay/production/kustomization.yaml': overlay,
  'manifests/kustomize/overlay/production/deployment.yaml': patch('v2.0'),
  'manifests/kustomize/overlay/staging/kustomization.yaml': overlay,
  'manifests/kustomize/overlay/staging/deployment.yaml': patch('v1.5'),
}

/** A git server with the tutorial's repository, shaped like a real GitOps repository. */
export interface Tutorial extends AsyncDisposable {
  readonly url: string
  /** Commits files to the tutorial's branch. */
  commit(message: string, files: Record<string, string | null>): Promise<string>
}

export const tutorialBranch = 'one-demo'

/** Starts the tutorial's git server. */
export async function startTutorial(): Promise<Tutorial> {
  const server = await startGitServer()
  await server.createRepository('gitops-demo', files, tutorialBranch)
  return {
    url: server.url('gitops-demo'),
    commit: (message, changes) => server.commit('gitops-demo', { branch: tutorialBranch, message, files: changes }),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
