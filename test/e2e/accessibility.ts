// Runs in end-to-end tests: axe-core's rules over the page as it stands.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe-core finds serious or critical, a line each: the rule and the element.
 * The rules are put in through the DevTools protocol, which the page's policy does not forbid.
 */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Colours in the middle of a transition are no colours of the theme.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  );
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
