/** One secret in every kind of file. */

export const canary = 'CANARY-99zz-do-not-tell';

/** Path -> text; each file but the last few has at least one finding. */
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
};
