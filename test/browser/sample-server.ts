import type { TestProject } from 'vitest/node';
import { openStudio, sampleTemplate } from './studio.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder that holds the sample, to copy. */
    sampleFolder: string;
    /** A server that shows the sample; no test changes its data. */
    sampleAddress: string;
  }
}

/** Runs once before all browser tests: the sample is loaded and served once for all of them. */
export default async function serveSample(project: TestProject): Promise<() => Promise<void>> {
  const template = await sampleTemplate();
  const studio = await openStudio(template.folder, {}, '--sample');
  project.provide('sampleFolder', template.folder);
  project.provide('sampleAddress', studio.address);
  return async () => {
    await studio.end();
    template.remove();
  };
}
