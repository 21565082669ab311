/** What the rules of config/rules/values/json.ts say. */
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('invalid-json', [
  [
    env('LLM_LIMITS={broken'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS=[]'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS=null'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [env('LLM_LIMITS={}'), []],
  [
    env('LLM_PRICES=1'),
    [
      '.env:1:12 error [LLM_PRICES] LLM_PRICES is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [
    env('LLM_LIMITS='),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.',
    ],
  ],
  [env('LLM_MODEL_OUTPUT_LIMITS=x'), [], { target: '1.14.0' }],
]);

says('llm-limits-format', [
  [env('LLM_LIMITS={"azure:gpt":{"rpm":60,"tpm":"1000"}}'), []],
  [
    env('LLM_LIMITS={"azure:gpt":60}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":null}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":[60]}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpm":1.5}}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpm" is no whole number.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpm":"12k"}}'),
    ['.env:1:12 error [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpm" is no whole number.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{"rpd":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "azure:gpt": "rpd" is unknown; the words are rpm and tpm.'],
  ],
  [
    env('LLM_LIMITS={"gpt":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "gpt" is not written as provider:deployment.'],
  ],
  [
    env('LLM_LIMITS={"azure:":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "azure:" is not written as provider:deployment.'],
  ],
  [
    env('LLM_LIMITS={"a b:c":{"rpm":60}}'),
    ['.env:1:12 warning [LLM_LIMITS] LLM_LIMITS: "a b:c" is not written as provider:deployment.'],
  ],
  [env('LLM_LIMITS={}', 'LLM_GOVERNOR_ENABLED=false'), []],
  [
    env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=false'),
    ['.env:1:12 info [LLM_LIMITS] LLM_LIMITS has no effect while LLM_GOVERNOR_ENABLED is false.'],
  ],
  [
    env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=N'),
    ['.env:1:12 info [LLM_LIMITS] LLM_LIMITS has no effect while LLM_GOVERNOR_ENABLED is false.'],
  ],
  [env('LLM_LIMITS={"azure:gpt":{}}', 'LLM_GOVERNOR_ENABLED=never'), []],
  [
    env('LLM_LIMITS='),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is empty; Mesh.start() stops with a SettingsError. Write {} or leave the line out.',
    ],
  ],
  [
    env('LLM_LIMITS=x'),
    [
      '.env:1:12 error [LLM_LIMITS] LLM_LIMITS is no JSON object; Mesh.start() stops with a SettingsError. Write {} or leave the line out.',
    ],
  ],
  [mesh('"llm_limits": {"azure:gpt": {"rpm": 60}}'), []],
  [
    mesh('"llm_limits": {"azure:gpt": 60}'),
    ['node.py:3:35 error [llm_limits] "llm_limits": "azure:gpt" needs an object like {"rpm": 60, "tpm": 100000}.'],
  ],
  [mesh('"llm_limits": [1]'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": "x"'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": None'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
]);

says('llm-prices-format', [
  [env('LLM_PRICES={"gpt":{"in":"1.5","out":-2}}'), []],
  [env('LLM_PRICES={"gpt":{"in":"1.5k"}}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt": the price "in" is no number.']],
  [env('LLM_PRICES={"gpt":{"in":true}}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt": the price "in" is no number.']],
  [env('LLM_PRICES={"gpt":2}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt" needs an object of prices.']],
  [env('LLM_PRICES={"gpt":null}'), ['.env:1:12 error [LLM_PRICES] LLM_PRICES: "gpt" needs an object of prices.']],
  [env('LLM_PRICES=x'), []],
  [mesh('"llm_prices": 3'), []],
]);

says('llm-model-output-limits-format', [
  [env('LLM_MODEL_OUTPUT_LIMITS={"gpt":4096}'), []],
  [env('LLM_MODEL_OUTPUT_LIMITS={"gpt":"4096"}'), []],
  [
    env('LLM_MODEL_OUTPUT_LIMITS={"gpt":4.5}'),
    ['.env:1:25 error [LLM_MODEL_OUTPUT_LIMITS] LLM_MODEL_OUTPUT_LIMITS: "gpt" needs a whole number of tokens.'],
  ],
  [
    env('LLM_MODEL_OUTPUT_LIMITS={"gpt":[1]}'),
    ['.env:1:25 error [LLM_MODEL_OUTPUT_LIMITS] LLM_MODEL_OUTPUT_LIMITS: "gpt" needs a whole number of tokens.'],
  ],
  [env('LLM_MODEL_OUTPUT_LIMITS=x'), []],
  [
    mesh('"llm_model_output_limits": 5'),
    ['node.py:3:48 error [llm_model_output_limits] "llm_model_output_limits" needs a dict.'],
  ],
]);

says('approval-keys-format', [
  [
    env('APPROVAL_ASSERTION_KEYS=x'),
    [
      '.env:1:25 error [APPROVAL_ASSERTION_KEYS] APPROVAL_ASSERTION_KEYS is no JSON object; Mesh.start() stops with a SettingsError. Write an object of texts like {"key-id": "..."}.',
    ],
  ],
  [
    env('APPROVAL_ASSERTION_KEYS='),
    [
      '.env:1:25 error [APPROVAL_ASSERTION_KEYS] APPROVAL_ASSERTION_KEYS is empty; Mesh.start() stops with a SettingsError. Write an object of texts like {"key-id": "..."}.',
    ],
  ],
  [env('APPROVAL_ASSERTION_KEYS={"a":"b"}'), []],
  [env('APPROVAL_ASSERTION_KEYS=changeme'), []],
  [env('APPROVAL_ASSERTION_KEYS=x'), [], { target: '2.3.0' }],
]);
