import { expect, it } from 'vitest';
import { policyName } from '../../app/policy-names.ts';

it('a replayed policy is named with the setting that was best, in the signs of each language', () => {
  expect(policyName('z_sigma', '3 lots', 'en')).toBe('best z x sigma x root L (z 3, in lots)');
  expect(policyName('z_sigma', '3 lots', 'zh')).toBe('最优 z×σ×√L（z 3，按经济批量）');
  expect(policyName('company', null, 'zh')).toBe('公司实际');
});
