// A relay node through the SDK's own NodeProviderClient. Arguments: path of the SDK, base URL, token, node id.
import { pathToFileURL } from 'node:url';

const [sdk, baseUrl, nodeToken, nodeId] = process.argv.slice(2);
const { NodeProviderClient } = await import(pathToFileURL(sdk).href);
const client = new NodeProviderClient({
  baseUrl,
  nodeToken,
  nodeId,
  nodeName: 'sdk-node',
  provider: { name: 'sdk' },
  capabilities: { echo: async (input) => input },
});
client.whenRegistered().then(() => process.stdout.write('registered\n'));
process.on('SIGTERM', () => client.stop().then(() => process.exit(0)));
await client.serve();
