package main

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/docker/cli/pkg/kvfile"
)

// The format that docker compose adds to the loader (docker/compose, cmd/compose/compose.go).
func init() {
	dotenv.RegisterFormat("raw", func(r io.Reader, _ string, vars map[string]string, lookup func(string) (string, bool)) error {
		lines, err := kvfile.ParseFromReader(r, lookup)
		for _, line := range lines {
			name, value, _ := strings.Cut(line, "=")
			vars[name] = value
		}
		return err
	})
}

// Loads a folder as `docker compose` does there (docker/compose, cmd/compose/compose.go, toProjectOptions): the files it is
// given, else those of COMPOSE_FILE in its .env, else those it finds by their names; the process environment over all.
func project(folder string, files []string, environment map[string]string) answer {
	if err := os.Chdir(folder); err != nil {
		return failed(err)
	}
	pairs := make([]string, 0, len(environment))
	for name, value := range environment {
		pairs = append(pairs, name+"="+value)
	}
	options, err := cli.NewProjectOptions(
		files,
		cli.WithEnv(pairs),
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithName("oracle"),
	)
	if err != nil {
		return failed(err)
	}
	loaded, err := options.LoadProject(context.Background())
	if err != nil {
		return failed(err)
	}
	services := map[string]map[string]*string{}
	for name, service := range loaded.Services {
		environment := map[string]*string{}
		for key, value := range service.Environment {
			if value == nil {
				environment[encode(key)] = nil
				continue
			}
			text := encode(*value)
			environment[encode(key)] = &text
		}
		services[name] = environment
	}
	return answer{Services: services}
}
