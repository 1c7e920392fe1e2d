// Prints, for every type of the built-in APIs, which fields its Go type always writes and which are pointers.
// Build it in a module that requires k8s.io/api, k8s.io/apiextensions-apiserver, k8s.io/kube-aggregator and k8s.io/client-go.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/install"
)

type fields struct {
	Always  []string `json:"always,omitempty"`
	Pointer []string `json:"pointer,omitempty"`
}

func main() {
	all := scheme.Scheme
	apiextensions.Install(all)
	apiregistration.Install(all)
	types := map[string]*fields{}
	for gvk, kind := range all.AllKnownTypes() {
		if gvk.Version != runtime.APIVersionInternal {
			visit(types, kind)
		}
	}
	text, _ := json.Marshal(types)
	fmt.Println(string(text))
}

func visit(types map[string]*fields, t reflect.Type) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || !strings.Contains(t.PkgPath(), "k8s.io") {
		return
	}
	name := "io.k8s." + strings.TrimPrefix(strings.ReplaceAll(t.PkgPath(), "/", "."), "k8s.io.") + "." + t.Name()
	if types[name] == nil {
		types[name] = &fields{}
		addFields(types, types[name], t)
	}
}

func addFields(types map[string]*fields, into *fields, t reflect.Type) {
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		options := strings.Split(field.Tag.Get("json"), ",")
		name := options[0]
		if name == "-" || !field.IsExported() && !field.Anonymous {
			continue
		}
		if name == "" {
			if field.Anonymous && field.Type.Kind() == reflect.Struct {
				addFields(types, into, field.Type)
			}
			continue
		}
		kind := field.Type.Kind()
		if kind == reflect.Pointer {
			into.Pointer = append(into.Pointer, name)
		}
		omitZero := has(options, "omitzero")
		if !has(options, "omitempty") && !omitZero || kind == reflect.Struct && !omitZero {
			into.Always = append(into.Always, name)
		}
		visit(types, field.Type)
	}
}

func has(options []string, option string) bool {
	for _, candidate := range options[1:] {
		if candidate == option {
			return true
		}
	}
	return false
}
