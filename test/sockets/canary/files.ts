/** One secret in every kind of file. */

export const canary = 'CANARY-99zz-do-not-tell';

/** Files in which nothing is wrong, or of which only the framework's release is read. */
export const quietFiles: readonly string[] = [
  ...['requirements.txt', 'pyproject.toml', 'prometheus.yml', 'second/.env.example', 'poetry.lock', 'uv.lock', 'pdm.lock'],
  ...['Pipfile', 'Pipfile.lock', 'setup.cfg', 'docs/install.md', '.github/workflows/ci.yml'],
];

/** Path -> text; each file has at least one finding, but those of `quietFiles`. */
export const canaryFiles: Readonly<Record<string, string>> = {
  '.env': `NEXUS_SECRET=${canary}\nMY_OWN=${canary}\nREDIS_URL=redis://u:${canary}@localhost:6379/0\nGEMINI_API_KEY="${canary}\n`,
  'node.py': `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7946, "claude_api_key": "${canary}"})\n`,
  'requirements.txt': `--index-url https://u:${canary}@index.example/simple\njarviscore-framework[p2p]==3.0.0\n`,
  'docker-compose.yml': `services:
  first:
    image: python
    command: python node.py --token ${canary}
    environment:
      JARVISCORE_BIND_PORT: "7946"
      NEXUS_SECRET: ${canary}
      REDIS_URL: redis://u:${canary}@localhost:6379/0
    ports: ["7946:7946"]
  second:
    image: python
    environment:
      - JARVISCORE_BIND_PORT=7946
      - CLAUDE_API_KEY=${canary}
`,
  Dockerfile: `FROM python:3.11\nENV NEXUS_SECRET=${canary} JARVISCORE_BIND_PORT=7946\nARG CLAUDE_API_KEY=${canary}\n`,
  'start.sh': `export CLAUDE_API_KEY=${canary}\nNEXUS_SECRET=${canary} BIND_PORT=79460 python -m jarviscore.cli --key ${canary}\n`,
  'agent.service': `[Service]\nEnvironment=NEXUS_SECRET=${canary} JARVISCORE_BIND_PORT=abc\nExecStart=/usr/bin/python node.py --secret ${canary}\n`,
  'manifest.yaml': `apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData:
  NEXUS_SECRET: ${canary}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agents}
spec:
  template:
    spec:
      containers:
        - name: agent
          image: agents
          env:
            - {name: CLAUDE_API_KEY, value: ${canary}}
            - {name: JARVISCORE_BIND_PORT, value: "abc"}
`,
  '.vscode/launch.json': `{"configurations":[{"name":"n","type":"debugpy","program":"node.py","env":{"NEXUS_SECRET":"${canary}","JARVISCORE_BIND_PORT":"abc"}}]}\n`,
  'pyproject.toml': `[project]\nname = "agents"\ndependencies = ["jarviscore-framework[p2p]==3.0.0"]\n[[tool.uv.index]]\nurl = "https://u:${canary}@index.example/simple"\n`,
  'prometheus.yml': `scrape_configs:\n  - job_name: agents\n    basic_auth: {username: u, password: ${canary}}\n    static_configs: [{targets: ["127.0.0.1:9100"]}]\n`,
  'second/.env.production': `# CLAUDE_API_KEY=${canary}\nexport REDIS_PASSWORD='${canary}'\nAPPROVAL_ASSERTION_KEYS={"a": "${canary}"}\nAZURE_STORAGE_CONNECTION_STRING=AccountName=x;AccountKey=${canary}\nMY_WEBHOOK=https://hooks.example/${canary}\n`,
  'second/.env.example': `NEXUS_SECRET=${canary}\n`,
  'second/jarviscore-fleet.json': `{"profile": "production", "token": "${canary}", "hosts": {"a": {"password": "${canary}"}}}\n`,
  'second/service.py': `import os
from dotenv import load_dotenv
from jarviscore import Mesh, Settings
load_dotenv("prod.env")
KEY = "${canary}"
os.environ["CLAUDE_API_KEY"] = KEY
os.environ.setdefault("NEXUS_SECRET", f"{KEY}-more")
options = {"redis_url": "redis://u:${canary}@localhost:6379/0", "bind_prot": 7951}
settings = Settings(openai_api_key=KEY)
mesh = Mesh(mode="p2p", config={**options, "bind_port": "79510", "athena_url": "https://${canary}@athena.example"})
`,
  'second/deploy/compose.yaml': `services:
  third:
    build: {context: ., args: {API_TOKEN: ${canary}}}
    entrypoint: ["python", "service.py", "--api-key=${canary}"]
    labels: {token: ${canary}}
    env_file: [secrets.env]
    environment: {JARVISCORE_BIND_PORT: "79460", CLAUDE_API_KEY: "\${MISSING:-${canary}}"}
    healthcheck: {test: "curl -H 'Authorization: Bearer ${canary}' localhost"}
`,
  'second/deploy/secrets.env': `CLAUDE_API_KEY=${canary}\nBIND_PORT=7946\nNEXUS_SECRET=$(cat ${canary})\n`,
  '.vscode/tasks.json': `{"version":"2.0.0","tasks":[{"label":"n","type":"shell","command":"python node.py --token ${canary}","options":{"env":{"CLAUDE_API_KEY":"${canary}","JARVISCORE_BIND_PORT":"abc"}}}]}\n`,
  'deploy/agent.service.d/keys.conf': `[Service]\nEnvironment="CLAUDE_API_KEY=${canary}" JARVISCORE_BIND_PORT=abc\n`,
  'mounted.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data:
  .env: |
    NEXUS_SECRET=${canary}
    REDIS_URL=redis://u:${canary}@localhost:6379/0
  key: ${canary}
`,
  'poetry.lock': `[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\n[package.source]\nurl = "https://u:${canary}@index.example/simple"\n`,
  'uv.lock': `version = 1\n[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\nsource = { registry = "https://u:${canary}@index.example/simple" }\n`,
  'pdm.lock': `[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\nurl = "https://u:${canary}@index.example/simple"\n`,
  Pipfile: `[[source]]\nurl = "https://u:${canary}@index.example/simple"\n[packages]\njarviscore-framework = {version = "==3.0.0", extras = ["p2p"]}\n`,
  'Pipfile.lock': `{"_meta":{"sources":[{"url":"https://u:${canary}@index.example/simple"}]},"default":{"jarviscore-framework":{"version":"==3.0.0"}}}\n`,
  'setup.cfg': `[options]\ninstall_requires =\n  jarviscore-framework[p2p]==3.0.0\n[upload]\npassword = ${canary}\n`,
  'docs/install.md': `pip install --index-url https://u:${canary}@index.example/simple "jarviscore-framework[p2p]==3.0.0"\n`,
  '.github/workflows/ci.yml': `env: {NEXUS_SECRET: ${canary}}\njobs:\n  a:\n    steps:\n      - run: TOKEN=${canary} pip install "jarviscore-framework[p2p]==3.0.0"\n`,
};
