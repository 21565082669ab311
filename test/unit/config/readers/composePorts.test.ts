// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Ports and mounts of compose services, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('ports', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    ports:\n    - 8000',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 8000-8000 tcp «8000» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - "8000:80"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 8000-8000 to 80-80 tcp «\\"8000:80\\"» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 8000-8010:80-90',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 8000-8010 to 80-90 tcp «8000-8010:80-90» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 127.0.0.1:1:2',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port 127.0.0.1 1-1 to 2-2 tcp «127.0.0.1:1:2» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - "[::1]:1:2"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port ::1 1-1 to 2-2 tcp «\\"[::1]:1:2\\"» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - "::1:1:2"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port ::1 1-1 to 2-2 tcp «\\"::1:1:2\\"» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 1:2/udp',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 1-1 to 2-2 udp «1:2/udp» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 2/SCTP',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 2-2 sctp «2/SCTP» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 1:2/x',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 1-1 to 2-2 tcp «1:2/x» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - ${P:-5}:6',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 5-5 to 6-6 tcp «${P:-5}:6» 3:6',
        'refers to P:- «${P:-5}:6» 3:6 in compose-service:a',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - ${P}:6',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 6-6 tcp «${P}:6» 3:6',
        'refers to P «${P}:6» 3:6 in compose-service:a',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - "${P:-1:2}:6"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port 1 2-2 to 6-6 tcp «\\"${P:-1:2}:6\\"» 3:6',
        'refers to P:- «\\"${P:-1:2}:6\\"» 3:6 in compose-service:a',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - :6',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 6-6 tcp «:6» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 0.0.0.0::6',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port 0.0.0.0 null-null to 6-6 tcp «0.0.0.0::6» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - 123456:1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 1-1 tcp «123456:1» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - a:b',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to null-null tcp «a:b» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - "1: 2 "',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * 1-1 to 2-2 tcp «\\"1: 2 \\"» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - ""',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to null-null tcp «\\"\\"» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - {target: 80, published: "8000-8010", protocol: udp, host_ip: 1.2.3.4}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port 1.2.3.4 8000-8010 to 80-80 udp «{target: 80, published: \\"8000-8010\\", protocol: udp, host_ip: 1.2.3.4}» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - {target: "${T:-81}"}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to 81-81 tcp «{target: \\"${T:-81}\\"}» 3:6',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    ports:\n    - {}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'port * null-null to null-null tcp «{}» 3:6',
        'lines of their own: 3',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('mounts', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    volumes:\n    - /a',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount null at /a «/a» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - ./a:/b',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount ./a at /b «./a:/b» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - v:/b:ro',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount v:/b at ro «v:/b:ro» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - C:\\a:/b',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount C:\\a at /b «C:\\\\a:/b» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - C:/a',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount null at C:/a «C:/a» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - ${D:-x}:/b',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'mount null at x:/b «${D:-x}:/b» 3:6',
        'refers to D:- «${D:-x}:/b» 3:6 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    volumes:\n    - ${D}:/b',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'mount ${D} at /b «${D}:/b» 3:6',
        'refers to D «${D}:/b» 3:6 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    volumes:\n    - http://x:/b',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount http://x at /b «http://x:/b» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - {source: s, target: /t}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount s at /t «{source: s, target: /t}» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - {target: /t}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount null at /t «{target: /t}» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - {type: tmpfs}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount null at  «{type: tmpfs}» 3:6'],
    ],
    [
      'services:\n  a:\n    volumes:\n    - ""',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mount null at  «\\"\\"» 3:6'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});
