/** What the rules of config/rules/control.ts say. */
import { env, mesh, service } from './said.ts';
import { says } from './says.ts';

says('control-mode-invalid', [
  [
    env('CONTROL_MODE=strikt'),
    [
      '.env:1:14 error [CONTROL_MODE] CONTROL_MODE: "strikt" is none of off, report, strict; any other word means strict and work is refused.',
      '  asks: Write strict',
      '    -CONTROL_MODE=strikt',
      '    +CONTROL_MODE=strict',
    ],
  ],
  [env('CONTROL_MODE=Strict'), []],
  [
    env('JARVISCORE_CONTROL_MODE=repor'),
    [
      '.env:1:25 error [JARVISCORE_CONTROL_MODE] JARVISCORE_CONTROL_MODE: "repor" is none of off, report, strict; any other word means strict and work is refused.',
      '  asks: Write report',
      '    -JARVISCORE_CONTROL_MODE=repor',
      '    +JARVISCORE_CONTROL_MODE=report',
    ],
  ],
  [
    env('CONTROL_MODE=enforced'),
    [
      '.env:1:14 error [CONTROL_MODE] CONTROL_MODE: "enforced" is none of off, report, strict; any other word means strict and work is refused.',
    ],
  ],
  [
    env('CONTROL_MODE=of'),
    [
      '.env:1:14 error [CONTROL_MODE] CONTROL_MODE: "of" is none of off, report, strict; any other word means strict and work is refused.',
    ],
  ],
  [env('CONTROL_MODE='), []],
  [env('CONTROL_MODE=off', 'JARVISCORE_CONTROL_MODE=report'), []],
  [
    mesh('"control_mode": "strikt"'),
    [
      'node.py:3:37 error [control_mode] "control_mode": "strikt" is none of off, report, strict; any other word means strict and work is refused.',
      '  asks: Write strict',
      '    -mesh = Mesh(config={"control_mode": "strikt"})',
      '    +mesh = Mesh(config={"control_mode": "strict"})',
    ],
  ],
  [env('CONTROL_MODE=strikt'), [], { target: '2.3.0' }],
]);

says('journal-capture-invalid', [
  [
    env('JOURNAL_CAPTURE=digest'),
    [
      '.env:1:17 warning [JOURNAL_CAPTURE] JOURNAL_CAPTURE: "digest" is none of full, digests, off; any other word silently means full.',
      '  asks: Write digests',
      '    -JOURNAL_CAPTURE=digest',
      '    +JOURNAL_CAPTURE=digests',
    ],
  ],
  [
    env('JARVISCORE_JOURNAL_CAPTURE=everything'),
    [
      '.env:1:28 warning [JARVISCORE_JOURNAL_CAPTURE] JARVISCORE_JOURNAL_CAPTURE: "everything" is none of full, digests, off; any other word silently means full.',
    ],
  ],
  [env('JOURNAL_CAPTURE=FULL', 'JARVISCORE_JOURNAL_CAPTURE=off'), []],
  [env('JOURNAL_CAPTURE=digests'), []],
]);

says('decision-provider-invalid', [
  [
    env('KERNEL_ROUTER_PROVIDER=typsafe'),
    [
      '.env:1:24 error [KERNEL_ROUTER_PROVIDER] KERNEL_ROUTER_PROVIDER: "typsafe" is none of llm, typesafe; agent setup raises a ValueError and the mesh does not start.',
      '  asks: Write typesafe',
      '    -KERNEL_ROUTER_PROVIDER=typsafe',
      '    +KERNEL_ROUTER_PROVIDER=typesafe',
    ],
  ],
  [env('KERNEL_ROUTER_PROVIDER=llm', 'RAG_DECISION_PROVIDER=vector', 'TASK_COMPLEXITY_PROVIDER=llm'), []],
  [env('KERNEL_ROUTER_PROVIDER=typesafe', 'RAG_DECISION_PROVIDER=typesafe', 'TASK_COMPLEXITY_PROVIDER=typesafe'), []],
  [
    env('RAG_DECISION_PROVIDER=llm'),
    [
      '.env:1:23 error [RAG_DECISION_PROVIDER] RAG_DECISION_PROVIDER: "llm" is none of vector, typesafe; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('RAG_DECISION_PROVIDER=vectors'),
    [
      '.env:1:23 error [RAG_DECISION_PROVIDER] RAG_DECISION_PROVIDER: "vectors" is none of vector, typesafe; agent setup raises a ValueError and the mesh does not start.',
      '  asks: Write vector',
      '    -RAG_DECISION_PROVIDER=vectors',
      '    +RAG_DECISION_PROVIDER=vector',
    ],
  ],
  [
    env('TASK_COMPLEXITY_PROVIDER=vector'),
    [
      '.env:1:26 warning [TASK_COMPLEXITY_PROVIDER] TASK_COMPLEXITY_PROVIDER: "vector" is none of llm, typesafe; it silently means llm.',
    ],
  ],
  [env('KERNEL_ROUTER_PROVIDER=vector'), [], { target: '1.11.0' }],
]);

says('decision-threshold-range', [
  [
    env('RAG_TYPESAFE_RELEVANT_MIN=1.1'),
    [
      '.env:1:27 error [RAG_TYPESAFE_RELEVANT_MIN] RAG_TYPESAFE_RELEVANT_MIN: 1.1 is outside 0 to 1; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('RAG_TYPESAFE_EVIDENCE_MIN=-0.1'),
    [
      '.env:1:27 error [RAG_TYPESAFE_EVIDENCE_MIN] RAG_TYPESAFE_EVIDENCE_MIN: -0.1 is outside 0 to 1; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('RAG_TYPESAFE_CONTRADICTS_MIN=2'),
    [
      '.env:1:30 error [RAG_TYPESAFE_CONTRADICTS_MIN] RAG_TYPESAFE_CONTRADICTS_MIN: 2 is outside 0 to 1; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('RAG_TYPESAFE_INJECTION_MAX=2'),
    [
      '.env:1:28 error [RAG_TYPESAFE_INJECTION_MAX] RAG_TYPESAFE_INJECTION_MAX: 2 is outside 0 to 1; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [env('RAG_TYPESAFE_RELEVANT_MIN=0', 'RAG_TYPESAFE_EVIDENCE_MIN=1'), []],
  [
    env('RAG_TYPESAFE_MAX_CONCURRENT=0'),
    [
      '.env:1:29 error [RAG_TYPESAFE_MAX_CONCURRENT] RAG_TYPESAFE_MAX_CONCURRENT: 0 is outside 1 and up; agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [env('RAG_TYPESAFE_MAX_CONCURRENT=1'), []],
  [env('RAG_TYPESAFE_MAX_CONCURRENT=90'), []],
  [
    env('TYPESAFE_ROUTER_MIN_CONFIDENCE=1.5'),
    [
      '.env:1:32 warning [TYPESAFE_ROUTER_MIN_CONFIDENCE] TYPESAFE_ROUTER_MIN_CONFIDENCE: 1.5 is outside 0 to 1; nothing validates it.',
    ],
  ],
  [
    env('TYPESAFE_COMPLEXITY_MIN_CONFIDENCE=1.5'),
    [
      '.env:1:36 warning [TYPESAFE_COMPLEXITY_MIN_CONFIDENCE] TYPESAFE_COMPLEXITY_MIN_CONFIDENCE: 1.5 is outside 0 to 1; nothing validates it.',
    ],
  ],
  [env('TYPESAFE_ROUTER_MIN_CONFIDENCE=x'), []],
  [
    mesh('"typesafe_router_min_confidence": 1.5'),
    [
      'node.py:3:55 warning [typesafe_router_min_confidence] "typesafe_router_min_confidence": 1.5 is outside 0 to 1; nothing validates it.',
    ],
  ],
]);

says('decision-factory-format', [
  [env('DECISION_CLIENT_FACTORY=app.decisions:make_client'), []],
  [
    env('DECISION_CLIENT_FACTORY=make_client'),
    ['.env:1:25 error [DECISION_CLIENT_FACTORY] DECISION_CLIENT_FACTORY: write module:callable, like app.decisions:make_client.'],
  ],
  [
    env('DECISION_CLIENT_FACTORY=app:make:x'),
    ['.env:1:25 error [DECISION_CLIENT_FACTORY] DECISION_CLIENT_FACTORY: write module:callable, like app.decisions:make_client.'],
  ],
  [
    env('DECISION_CLIENT_FACTORY=1app:make'),
    ['.env:1:25 error [DECISION_CLIENT_FACTORY] DECISION_CLIENT_FACTORY: write module:callable, like app.decisions:make_client.'],
  ],
  [
    env('DECISION_CLIENT_FACTORY=app:2'),
    ['.env:1:25 error [DECISION_CLIENT_FACTORY] DECISION_CLIENT_FACTORY: write module:callable, like app.decisions:make_client.'],
  ],
  [env('DECISION_CLIENT_FACTORY='), []],
]);

says('decision-provider-without-key', [
  [
    env('KERNEL_ROUTER_PROVIDER=typesafe'),
    [
      '.env:1:24 error [KERNEL_ROUTER_PROVIDER] KERNEL_ROUTER_PROVIDER=typesafe needs TYPESAFE_API_KEY; without it agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('TASK_COMPLEXITY_PROVIDER=TypeSafe'),
    [
      '.env:1:26 error [TASK_COMPLEXITY_PROVIDER] TASK_COMPLEXITY_PROVIDER=typesafe needs TYPESAFE_API_KEY; without it agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [
    env('RAG_DECISION_PROVIDER=typesafe'),
    [
      '.env:1:23 error [RAG_DECISION_PROVIDER] RAG_DECISION_PROVIDER=typesafe needs TYPESAFE_API_KEY; without it agent setup raises a ValueError and the mesh does not start.',
    ],
  ],
  [env('RAG_DECISION_PROVIDER=typesafe', 'TYPESAFE_API_KEY=k'), []],
  [env('RAG_DECISION_PROVIDER=typesafe', 'DECISION_CLIENT_FACTORY=a:b'), []],
  [env('KERNEL_ROUTER_PROVIDER=llm'), []],
  [mesh('"kernel_router_provider": "typesafe", **more'), []],
]);

says('control-strict-without-journal', [
  [
    env('CONTROL_MODE=strict', 'JOURNAL_DIR=off'),
    [
      '.env:2:13 error [JOURNAL_DIR] In strict mode every effect needs a recorded decision; without a journal all of them are refused.',
      '  see .env:1:14 CONTROL_MODE',
    ],
  ],
  [
    env('CONTROL_MODE=Strict', 'JOURNAL_DIR=None'),
    [
      '.env:2:13 error [JOURNAL_DIR] In strict mode every effect needs a recorded decision; without a journal all of them are refused.',
      '  see .env:1:14 CONTROL_MODE',
    ],
  ],
  [
    env('CONTROL_MODE=strict', 'JOURNAL_DIR='),
    [
      '.env:2:13 error [JOURNAL_DIR] In strict mode every effect needs a recorded decision; without a journal all of them are refused.',
      '  see .env:1:14 CONTROL_MODE',
    ],
  ],
  [env('CONTROL_MODE=strict', 'JOURNAL_DIR=/j'), []],
  [env('CONTROL_MODE=strict'), []],
  [env('CONTROL_MODE=report', 'JOURNAL_DIR=off'), []],
  [
    env('JARVISCORE_CONTROL_MODE=strict', 'CONTROL_MODE=off', 'JARVISCORE_JOURNAL_DIR=off', 'JOURNAL_DIR=/j'),
    [
      '.env:3:24 error [JARVISCORE_JOURNAL_DIR] In strict mode every effect needs a recorded decision; without a journal all of them are refused.',
      '  see .env:1:25 JARVISCORE_CONTROL_MODE',
    ],
  ],
  [env('JARVISCORE_CONTROL_MODE=report', 'CONTROL_MODE=strict', 'JOURNAL_DIR=off'), []],
]);

says('control-strict-unsafe', [
  [
    env('CONTROL_MODE=strict', 'ALLOW_UNSAFE_LOCAL_EXECUTION=true'),
    [
      '.env:2:30 error [ALLOW_UNSAFE_LOCAL_EXECUTION] Strict control and unconfined execution contradict each other: unconfined code can do what the policy refuses.',
      '  see .env:1:14 CONTROL_MODE',
      '  asks: Switch it off',
      '    -ALLOW_UNSAFE_LOCAL_EXECUTION=true',
      '    +ALLOW_UNSAFE_LOCAL_EXECUTION=false',
    ],
  ],
  [
    env('JARVISCORE_CONTROL_MODE=STRICT', 'ALLOW_UNSAFE_LOCAL_EXECUTION=true'),
    [
      '.env:2:30 error [ALLOW_UNSAFE_LOCAL_EXECUTION] Strict control and unconfined execution contradict each other: unconfined code can do what the policy refuses.',
      '  see .env:1:25 JARVISCORE_CONTROL_MODE',
      '  asks: Switch it off',
      '    -ALLOW_UNSAFE_LOCAL_EXECUTION=true',
      '    +ALLOW_UNSAFE_LOCAL_EXECUTION=false',
    ],
  ],
  [env('CONTROL_MODE=report', 'ALLOW_UNSAFE_LOCAL_EXECUTION=true'), []],
  [env('CONTROL_MODE=strict', 'ALLOW_UNSAFE_LOCAL_EXECUTION=false'), []],
]);

says('journal-days-invalid', [
  [
    env('JOURNAL_CONTENT_DAYS=-1'),
    ['.env:1:22 warning [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS: -1 means 0, which keeps content for ever.'],
  ],
  [env('JOURNAL_CONTENT_DAYS=0'), []],
  [
    env('JOURNAL_CONTENT_DAYS=x'),
    [
      '.env:1:22 error [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS: "x" is no number of days; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [
    env('JOURNAL_CONTENT_DAYS=1.5'),
    [
      '.env:1:22 error [JOURNAL_CONTENT_DAYS] JOURNAL_CONTENT_DAYS: "1.5" is no number of days; Mesh.start() stops with a ValidationError.',
    ],
  ],
  [env('JOURNAL_CONTENT_DAYS='), []],
  [
    env('JARVISCORE_JOURNAL_CONTENT_DAYS=x'),
    [
      '.env:1:33 warning [JARVISCORE_JOURNAL_CONTENT_DAYS] JARVISCORE_JOURNAL_CONTENT_DAYS: "x" is no number of days; 30 is used.',
    ],
  ],
  [
    env('JARVISCORE_JOURNAL_CONTENT_DAYS=-3'),
    [
      '.env:1:33 warning [JARVISCORE_JOURNAL_CONTENT_DAYS] JARVISCORE_JOURNAL_CONTENT_DAYS: -3 means 0, which keeps content for ever.',
    ],
  ],
  [
    mesh('"journal_content_days": -3'),
    ['node.py:3:45 warning [journal_content_days] "journal_content_days": -3 means 0, which keeps content for ever.'],
  ],
]);

says('egress-proxy-format', [
  [
    env('EGRESS_PROXY_URL=proxy:3128'),
    ['.env:1:18 error [EGRESS_PROXY_URL] EGRESS_PROXY_URL needs an http, https or socks5 URL with a host.'],
  ],
  [
    env('EGRESS_PROXY_URL=ftp://proxy'),
    ['.env:1:18 error [EGRESS_PROXY_URL] EGRESS_PROXY_URL needs an http, https or socks5 URL with a host.'],
  ],
  [env('EGRESS_PROXY_URL=http://proxy:3128'), []],
  [env('EGRESS_PROXY_URL=https://proxy'), []],
  [env('EGRESS_PROXY_URL=socks5://proxy'), []],
  [env('EGRESS_PROXY_URL=socks5h://proxy'), []],
  [
    env('EGRESS_PROXY_URL=socks4://proxy'),
    ['.env:1:18 error [EGRESS_PROXY_URL] EGRESS_PROXY_URL needs an http, https or socks5 URL with a host.'],
  ],
  [env('EGRESS_PROXY_URL='), []],
  [env('EGRESS_PROXY_URL=http://u:hunter2@proxy'), []],
  [
    service(['P2P_ENABLED: "true"', 'EGRESS_PROXY_URL: http://u:hunter2@proxy']),
    [
      'compose.yml:7:25 warning [EGRESS_PROXY_URL] EGRESS_PROXY_URL carries a password; whoever reads this file can use the proxy.',
    ],
  ],
  [service(['P2P_ENABLED: "true"', 'EGRESS_PROXY_URL: http://proxy']), []],
  [
    mesh('"egress_proxy_url": "proxy"'),
    ['node.py:3:41 error [egress_proxy_url] egress_proxy_url needs an http, https or socks5 URL with a host.'],
  ],
  [mesh('"egress_proxy_url": "http://u:hunter2@proxy"'), []],
  [mesh('"egress_proxy_url": where'), []],
  [
    env('EGRESS_PROXY_BYPASS=localhost, http://a'),
    ['.env:1:21 info [EGRESS_PROXY_BYPASS] EGRESS_PROXY_BYPASS: "http://a" has a scheme or a port; the list takes host names.'],
  ],
  [
    env('EGRESS_PROXY_BYPASS=a:80,b'),
    ['.env:1:21 info [EGRESS_PROXY_BYPASS] EGRESS_PROXY_BYPASS: "a:80" has a scheme or a port; the list takes host names.'],
  ],
  [env('EGRESS_PROXY_BYPASS=localhost,.example'), []],
  [
    mesh('"egress_proxy_bypass": "a:80"'),
    ['node.py:3:44 info [egress_proxy_bypass] egress_proxy_bypass: "a:80" has a scheme or a port; the list takes host names.'],
  ],
]);

says('browser-timezone', [
  [env('BROWSER_TIMEZONE=Europe/Berlin'), []],
  [env('BROWSER_TIMEZONE=UTC'), []],
  [
    env('BROWSER_TIMEZONE=Europe/Berlinn'),
    ['.env:1:18 warning [BROWSER_TIMEZONE] BROWSER_TIMEZONE: "Europe/Berlinn" is no IANA time zone, like Europe/Berlin.'],
  ],
  [
    env('BROWSER_TIMEZONE=+01:00'),
    ['.env:1:18 warning [BROWSER_TIMEZONE] BROWSER_TIMEZONE: "+01:00" is no IANA time zone, like Europe/Berlin.'],
  ],
  [env('BROWSER_TIMEZONE='), []],
]);

says('browser-locale', [
  [env('BROWSER_LOCALE=en-GB'), []],
  [env('BROWSER_LOCALE=de'), []],
  [env('BROWSER_LOCALE=zh-Hans-CN'), []],
  [env('BROWSER_LOCALE=en_GB'), ['.env:1:16 warning [BROWSER_LOCALE] BROWSER_LOCALE: "en_GB" is no language tag, like en-GB.']],
  [
    env('BROWSER_LOCALE=english'),
    ['.env:1:16 warning [BROWSER_LOCALE] BROWSER_LOCALE: "english" is no language tag, like en-GB.'],
  ],
  [env('BROWSER_LOCALE=e'), ['.env:1:16 warning [BROWSER_LOCALE] BROWSER_LOCALE: "e" is no language tag, like en-GB.']],
  [env('BROWSER_LOCALE='), []],
]);
