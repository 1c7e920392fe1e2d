{ a: { b: (import "failing.libsonnet").x } }
