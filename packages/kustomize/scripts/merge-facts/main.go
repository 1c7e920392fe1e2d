// Prints how the built-in OpenAPI schema of kustomize merges lists and scopes kinds, as JSON.
package main

import (
	"encoding/json"
	"os"
	"sort"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const prefix = "#/definitions/"

type facts struct {
	Kinds   map[string]string                    `json:"kinds"`
	Types   map[string]map[string]map[string]any `json:"types"`
	Cluster []string                             `json:"cluster"`
}

func node(s spec.Schema) map[string]any {
	out := map[string]any{}
	if ref := s.Ref.String(); ref != "" {
		out["ref"] = strings.TrimPrefix(ref, prefix)
	}
	if s.Items != nil && s.Items.Schema != nil {
		if item := node(*s.Items.Schema); len(item) > 0 {
			out["items"] = item
		}
	}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil {
		if value := node(*s.AdditionalProperties.Schema); len(value) > 0 {
			out["values"] = value
		}
	}
	if strategy, ok := s.Extensions["x-kubernetes-patch-strategy"].(string); ok && strings.Contains(strategy, "merge") {
		keys := []string{}
		if list, ok := s.Extensions["x-kubernetes-list-map-keys"].([]any); ok {
			for _, key := range list {
				keys = append(keys, key.(string))
			}
		} else if key, ok := s.Extensions["x-kubernetes-patch-merge-key"].(string); ok {
			keys = append(keys, key)
		}
		out["keys"] = keys
	}
	return out
}

func main() {
	yaml.Parse("a: b")
	openapi.SchemaForResourceType(yaml.TypeMeta{APIVersion: "v1", Kind: "Pod"})
	definitions := openapi.Schema().Definitions
	out := facts{Kinds: map[string]string{}, Types: map[string]map[string]map[string]any{}, Cluster: []string{}}
	for name, d := range definitions {
		fields := map[string]map[string]any{}
		for field, property := range d.Properties {
			if n := node(property); len(n) > 0 {
				fields[field] = n
			}
		}
		if len(fields) > 0 {
			out.Types[name] = fields
		}
		list, _ := d.Extensions["x-kubernetes-group-version-kind"].([]any)
		for _, item := range list {
			m := item.(map[string]any)
			apiVersion := m["version"].(string)
			if g, _ := m["group"].(string); g != "" {
				apiVersion = g + "/" + apiVersion
			}
			kind := apiVersion + "/" + m["kind"].(string)
			out.Kinds[kind] = name
		}
	}
	for kind := range out.Kinds {
		i := strings.LastIndex(kind, "/")
		if openapi.IsCertainlyClusterScoped(yaml.TypeMeta{APIVersion: kind[:i], Kind: kind[i+1:]}) {
			out.Cluster = append(out.Cluster, kind)
		}
	}
	for _, extra := range []string{"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding"} {
		out.Cluster = append(out.Cluster, extra)
	}
	sort.Strings(out.Cluster)
	json.NewEncoder(os.Stdout).Encode(out)
}
