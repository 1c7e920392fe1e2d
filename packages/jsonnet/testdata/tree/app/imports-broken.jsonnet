import "broken.libsonnet"
