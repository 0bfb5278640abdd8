import { expect, it } from 'vitest';
import { fractionBar } from '../../../app/report/bars.ts';

it('a bar has a mark around what it is compared with, and none where there is nothing to compare', () => {
  expect(fractionBar({ value: 0.8, reference: 0.5 }, 'total').text).toContain(
    '<rect class="reference" x="157.0" width="6" height="14"/>',
  );
  expect(fractionBar({ value: 0.8 }, 'ets').text).not.toContain('reference');
});
