// The front door of @driftless/kube-server: explicit names only.
export {}
