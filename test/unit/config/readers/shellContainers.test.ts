/** Containers that shell scripts start, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('containers', () => {
  test.each<[string, string[]]>([
    [
      'docker run -e P2P_ENABLED=1 --env JARVISCORE_NODE_NAME=n -p 8000:80 --rm img python node.py',
      [
        'launch:0 (launch) "n" «docker run -e P2P_ENABLED=1 --env JARVISCORE_NODE_NAME=n -p 8000:80 --rm img python node.py» 0:0, framework yes',
        'P2P_ENABLED = "1" «P2P_ENABLED=1» 0:14, name 0:14-25, value 0:26-27, of launch:0',
        'JARVISCORE_NODE_NAME = "n" «JARVISCORE_NODE_NAME=n» 0:34, name 0:34-54, value 0:55-56, of launch:0',
        'image "img" «img» 0:73',
        'command "docker node.py" «docker run -e P2P_ENABLED=1 --env JARVISCORE_NODE_NAME=n -p 8000:80 --rm img python node.py» 0:0',
        'program file node.py «node.py» 0:84',
        'port * 8000-8000 to 80-80 tcp «8000:80» 0:60',
        'of the document: P2P_ENABLED JARVISCORE_NODE_NAME',
        'declares launch:0',
      ],
    ],
    [
      'docker run --env=P2P_ENABLED=1 --env-file=a.env --env-file b.env --publish=127.0.0.1:1:2/udp --network host img:1',
      [
        'launch:0 (launch) "img:1" «docker run --env=P2P_ENABLED=1 --env-file=a.env --env-file b.env --publish=127.0.0.1:1:2/udp --network host img:1» 0:0, framework yes',
        'P2P_ENABLED = "1" «P2P_ENABLED=1» 0:17, name 0:17-28, value 0:29-30, of launch:0',
        'env file a.env «a.env» 0:42, docker',
        'env file b.env «b.env» 0:59, docker',
        'image "img:1" «img:1» 0:108',
        'command "docker" «docker run --env=P2P_ENABLED=1 --env-file=a.env --env-file b.env --publish=127.0.0.1:1:2/udp --network host img:1» 0:0',
        'network host',
        'port 127.0.0.1 1-1 to 2-2 udp «127.0.0.1:1:2/udp» 0:75',
        'of the document: P2P_ENABLED',
        'declares launch:0',
      ],
    ],
    [
      'P2P_A=1 podman create --net=host --name x -v /a:/b registry.io/u:p@img -m app',
      [
        'launch:0 (launch) "registry.io/u:p@img" «P2P_A=1 podman create --net=host --name x -v /a:/b registry.io/u:p@img -m app» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 0:0, name 0:0-5, value 0:6-7, of launch:0',
        'image "registry.io/u:p@img" «registry.io/u:p@img» 0:51',
        'command "podman" «P2P_A=1 podman create --net=host --name x -v /a:/b registry.io/u:p@img -m app» 0:0',
        'network host',
        'of the document: P2P_A',
        'declares launch:0',
      ],
    ],
    [
      'sudo docker container run -it img',
      [
        'launch:0 (launch) "img" «sudo docker container run -it img» 0:0, framework no',
        'image "img" «img» 0:30',
        'command "docker" «sudo docker container run -it img» 0:0',
      ],
    ],
    ['docker a b run img', []],
    ['docker ps', []],
    [
      '/usr/bin/nerdctl run -e P2P_ENABLED img',
      [
        'launch:0 (launch) "img" «/usr/bin/nerdctl run -e P2P_ENABLED img» 0:0, framework no',
        'image "img" «img» 0:36',
        'command "/usr/bin/nerdctl" «/usr/bin/nerdctl run -e P2P_ENABLED img» 0:0',
      ],
    ],
    [
      'P2P_A=1 docker run -e P2P_B=2 -p 1 redis:7',
      [
        'launch:0 (launch) "redis:7" «P2P_A=1 docker run -e P2P_B=2 -p 1 redis:7» 0:0, framework no',
        'P2P_A = <set 1> «P2P_A=1» 0:0, name 0:0-5, value 0:6-7, of launch:0',
        'P2P_B = <set 1> «P2P_B=2» 0:22, name 0:22-27, value 0:28-29, of launch:0',
        'image "redis:7" «redis:7» 0:35',
        'command "docker" «P2P_A=1 docker run -e P2P_B=2 -p 1 redis:7» 0:0',
        'port * null-null to 1-1 tcp «1» 0:33',
      ],
    ],
    [
      'docker run --network=bridge -w /app --entrypoint python img app.py',
      [
        'launch:0 (launch) "app" «docker run --network=bridge -w /app --entrypoint python img app.py» 0:0, framework no',
        'image "img" «img» 0:56',
        'command "docker app.py" «docker run --network=bridge -w /app --entrypoint python img app.py» 0:0',
        'program file app.py «app.py» 0:60',
      ],
    ],
    [
      'docker run -e P2P_A=1',
      [
        'launch:0 (launch) "start.sh" «docker run -e P2P_A=1» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 0:14, name 0:14-19, value 0:20-21, of launch:0',
        'command "docker" «docker run -e P2P_A=1» 0:0',
        'network host',
        'of the document: P2P_A',
        'declares launch:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('deploy/start.sh', text)).toEqual(expected);
  });
});

describe('docker compose', () => {
  test.each<[string, string[]]>([
    ['docker compose -f a.yml -f b.yml up', ['mark compose-files "a.yml\\nb.yml" «docker compose -f a.yml -f b.yml up» 0:0']],
    ['docker compose -f a.yml up', []],
    [
      'docker-compose --file a.yml --file=b.yml ps',
      ['mark compose-files "a.yml\\nb.yml" «docker-compose --file a.yml --file=b.yml ps» 0:0'],
    ],
    [
      'sudo docker compose --file=a.yml -f b.yml --profile x --profile=y up -d',
      [
        'mark compose-files "a.yml\\nb.yml" «sudo docker compose --file=a.yml -f b.yml --profile x --profile=y up -d» 0:0',
        'mark compose-profiles "x,y\\na.yml\\nb.yml" «sudo docker compose --file=a.yml -f b.yml --profile x --profile=y up -d» 0:0',
      ],
    ],
    ['COMPOSE_PROFILES=b,a docker compose up', ['mark compose-profiles "a,b" «COMPOSE_PROFILES=b,a docker compose up» 0:0']],
    ['export COMPOSE_PROFILES=" x ,,y,x"\ndocker compose start', ['mark compose-profiles "x,y" «docker compose start» 1:0']],
    ['COMPOSE_PROFILES=z\ndocker compose restart', []],
    [
      'export COMPOSE_PROFILES=q\nCOMPOSE_PROFILES=r docker compose --profile s create\nCOMPOSE_PROFILES=r docker compose watch',
      [
        'mark compose-profiles "s" «COMPOSE_PROFILES=r docker compose --profile s create» 1:0',
        'mark compose-profiles "r" «COMPOSE_PROFILES=r docker compose watch» 2:0',
      ],
    ],
    ['docker compose --profile x ps', []],
    ['compose -f a -f b up # docker', []],
    ['docker compose -f', []],
    [
      './docker-compose --profile a up\nx-docker-compose -f a -f b --profile a up',
      ['mark compose-profiles "a" «./docker-compose --profile a up» 0:0'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('deploy/start.sh', text)).toEqual(expected);
  });
});
