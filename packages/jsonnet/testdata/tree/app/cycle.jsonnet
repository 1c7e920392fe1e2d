import "cycle.jsonnet"
