/** Command lines without the secrets people pass as arguments. */
import { maskUrls } from '../context.ts';

const option =
  /((?:^|[\s"'[,])--?[\w-]*(?:key|token|secret|pass|pwd|auth|credential)[\w-]*["']?(?:\s*=\s*|,?\s+))("[^"]*"|'[^']*'|[^\s"']+)/gi;
const variable = /(\b\w*(?:KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL)\w*=)("[^"]*"|'[^']*'|[^\s"']+)/gi;
/** `redis-cli -a PASSWORD`, `mysql -pPASSWORD`. */
const short = /(\b(?:redis-cli|mysql|mysqladmin|mongosh?|psql)\b[^\n]*?\s-[ap]\s*)("[^"]*"|'[^']*'|[^\s"']+)/g;
/** Nobody reads more of a command, and patterns must not run over megabytes. */
const maxLength = 4_000;

/** Any command line, with what may be a secret replaced by `***`. */
export function maskCommand(text: string): string {
  const part = text.slice(0, maxLength);
  return maskUrls(part.replace(option, '$1***').replace(variable, '$1***').replace(short, '$1***'));
}
