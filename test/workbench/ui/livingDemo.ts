/** The demo fleet with its nodes running, and a window on its folder. */
import { type Demo, type FleetProcess, prepareDemo, startOwnNode } from '../../../scripts/demoFleet.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions } from './packed.ts';

export interface LivingDemo {
  readonly demo: Demo;
  readonly nodes: readonly FleetProcess[];
  readonly workbench: Workbench;
  /** Stops the window and the nodes, and deletes the folder. */
  end(): Promise<void>;
}

/** @param language Display language, such as `de`; English without it. */
export async function openLivingDemo(language?: string): Promise<LivingDemo> {
  const demo = await prepareDemo();
  const nodes = demo.nodes.map((each) => startOwnNode(each));
  const clear = (): void => {
    for (const each of nodes) each.crash();
    demo.remove();
  };
  try {
    await Promise.all(nodes.map((each) => each.ready));
    const workbench = await openWorkbench({
      extensionsDir: packedExtensions(),
      workspace: demo.folder,
      ...(language === undefined ? {} : { language }),
      settings: { 'workbench.colorTheme': 'Dark Modern' },
    });
    const end = async (): Promise<void> => {
      await workbench.stop();
      clear();
    };
    return { demo, nodes, workbench, end };
  } catch (error) {
    clear();
    throw error;
  }
}
