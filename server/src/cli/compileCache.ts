/** Keeps what V8 compiled from one run of the command line to the next: without it a third of a short run is compiling. */
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The user's own cache folder. Node's default is a folder in the shared one for temporary files, where another user could
 * put code that would run here.
 */
export function cacheFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  const named = platform === 'win32' ? environment.LOCALAPPDATA : environment.XDG_CACHE_HOME;
  if (named !== undefined && named !== '') return join(named, 'jarviscore-fleet', 'compiled');
  if (platform === 'win32') return join(home, 'AppData', 'Local', 'jarviscore-fleet', 'compiled');
  return join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'jarviscore-fleet', 'compiled');
}

/** Never throws: where nothing can be kept, everything is compiled anew. `NODE_DISABLE_COMPILE_CACHE=1` switches it off. */
export function keepCompiled(): void {
  // NODE_COMPILE_CACHE names another folder, which Node then uses by itself.
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  enableCompileCache(cacheFolder(process.platform, process.env, homedir()));
}
