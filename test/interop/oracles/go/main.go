// Answers what docker and compose themselves make of a text: one JSON case per input line, one JSON answer per output
// line. Texts and values travel as base64, because both programs pass bytes through that are no UTF-8.
//
//	docker    {"text"}              -> {"lines": ["NAME=value"], "error"}; a name without a value is looked up as "?"
//	compose   {"text", "lookup"}    -> {"values": {name: value}, "error"}
//	template  {"text", "lookup"}    -> {"value", "error"}
//	letters   {}                -> {"lines": ["first-last"]}, code points in hexadecimal
//	scalar    {"text"}          -> {"value"}: a plain YAML scalar as the value of a variable; none for null
//	project   {"folder", "files", "lookup"}  -> {"services": {name: {name: value | null}}, "error"}, its .env included
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/template"
	"github.com/docker/cli/pkg/kvfile"
	"github.com/sirupsen/logrus"
	"go.yaml.in/yaml/v4"
)

type question struct {
	Text   string            `json:"text"`
	Folder string            `json:"folder"`
	Files  []string          `json:"files"`
	Lookup map[string]string `json:"lookup"`
}

type answer struct {
	Lines    []string                      `json:"lines,omitempty"`
	Values   map[string]string             `json:"values,omitempty"`
	Value    string                        `json:"value,omitempty"`
	Services map[string]map[string]*string `json:"services,omitempty"`
	Error    string                        `json:"error,omitempty"`
}

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func failed(err error) answer { return answer{Error: encode(err.Error())} }

func docker(text []byte) answer {
	lines, err := kvfile.ParseFromReader(bytes.NewReader(text), func(string) (string, bool) { return "?", true })
	if err != nil {
		return failed(err)
	}
	for i, line := range lines {
		lines[i] = encode(line)
	}
	return answer{Lines: lines}
}

func compose(text []byte, lookup func(string) (string, bool)) answer {
	values, err := dotenv.ParseWithLookup(bytes.NewReader(text), lookup)
	if err != nil {
		return failed(err)
	}
	encoded := map[string]string{}
	for name, value := range values {
		encoded[encode(name)] = encode(value)
	}
	return answer{Values: encoded}
}

func substitute(text []byte, lookup func(string) (string, bool)) answer {
	value, err := template.Substitute(string(text), lookup)
	if err != nil {
		return failed(err)
	}
	return answer{Value: encode(value)}
}

// The ranges that compose allows in names besides its punctuation (dotenv/parser.go).
func letters() answer {
	allowed := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	ranges := []string{}
	for first := rune(0); first <= unicode.MaxRune; first++ {
		if !allowed(first) {
			continue
		}
		last := first
		for last < unicode.MaxRune && allowed(last+1) {
			last++
		}
		ranges = append(ranges, fmt.Sprintf("%x-%x", first, last))
		first = last
	}
	return answer{Lines: ranges}
}

// What mappingValue (types/mapping.go) makes of a decoded value.
func scalar(text []byte) answer {
	var decoded struct{ Value any }
	if err := yaml.Unmarshal(append([]byte("value: "), text...), &decoded); err != nil {
		return failed(err)
	}
	if decoded.Value == nil {
		return answer{}
	}
	return answer{Value: encode(fmt.Sprint(decoded.Value))}
}

func ask(mode string, one question) (answer, error) {
	text, err := base64.StdEncoding.DecodeString(one.Text)
	if err != nil {
		return answer{}, err
	}
	lookup := func(name string) (string, bool) {
		value, found := one.Lookup[name]
		return value, found
	}
	switch mode {
	case "docker":
		return docker(text), nil
	case "compose":
		return compose(text, lookup), nil
	case "template":
		return substitute(text, lookup), nil
	case "letters":
		return letters(), nil
	case "scalar":
		return scalar(text), nil
	case "project":
		return project(one.Folder, one.Files, one.Lookup), nil
	}
	return answer{}, fmt.Errorf("unknown mode %q", mode)
}

func run() error {
	logrus.SetOutput(io.Discard)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var one question
		if err := decoder.Decode(&one); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		given, err := ask(os.Args[1], one)
		if err != nil {
			return err
		}
		if err := encoder.Encode(given); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
