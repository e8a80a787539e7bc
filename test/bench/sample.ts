import { openStudio, sampleTemplate, type Studio } from '../browser/studio.ts';

/** Serves the sample studio from the built pages while something is done with it. */
export async function withSample<T>(work: (studio: Studio) => Promise<T>): Promise<T> {
  const template = await sampleTemplate();
  try {
    const studio = await openStudio(template.folder, {}, '--sample');
    try {
      return await work(studio);
    } finally {
      await studio.end();
    }
  } finally {
    template.remove();
  }
}
