/** The URL an agent announces, before it is stored or fetched. */
import { maxUrlLength } from '#schemas/wire/circuitForge.ts';
import { refusedAddress } from '../http/addresses.ts';

export type AgentUrl = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: string };

/**
 * Accepts `http(s)://HOST[:PORT][/PATH]` and gives it without a trailing slash, as agents write it.
 * circuitforge-core stores whatever it is sent ("notaurl" included) and polls it for ever.
 */
export function agentUrl(text: string): AgentUrl {
  if (text.length > maxUrlLength) return no(`it is longer than ${maxUrlLength} characters`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return no('it is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return no(`agents speak http or https, not ${url.protocol.slice(0, 20)}`);
  if (url.username !== '' || url.password !== '') return no('it carries credentials, which would be stored and shown');
  if (url.search !== '' || url.hash !== '') return no('paths are appended to it, so it can have no query and no fragment');
  const refused = refusedAddress(url.hostname);
  if (refused !== null) return no(refused);
  return { ok: true, url: url.href.replace(/\/+$/, '') };
}

const no = (reason: string): AgentUrl => ({ ok: false, reason });
