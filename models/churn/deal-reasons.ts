import type { Sentence } from './reason-sentences.ts';
import type { DealPace } from './stage-times.ts';

const days = (count: number): string => `${Math.round(count)} day${Math.round(count) === 1 ? '' : 's'}`;

/** Why a deal is or is not on the list. @param quiet days since the last activity; NaN where not given */
export function dealReason(stage: string, pace: DealPace, quiet: number): Sentence {
  const silence =
    quiet >= 14
      ? { en: ` Nothing has happened for ${days(quiet)}.`, zh: `已 ${Math.round(quiet)} 天没有任何动静。` }
      : { en: '', zh: '' };
  if (Number.isNaN(pace.expectedDays)) {
    return {
      en: `${days(pace.daysInStage)} in ${stage}; too few deals have passed it to say what is usual.${silence.en}`,
      zh: `在“${stage}”阶段 ${pace.daysInStage} 天；历史交易太少，无法判断正常时长。${silence.zh}`,
    };
  }
  const share = Math.round(100 * pace.slowerShare);
  const en = `${days(pace.daysInStage)} in ${stage}; ${days(pace.expectedDays)} are usual`;
  const zh = `在“${stage}”阶段 ${pace.daysInStage} 天，通常 ${Math.round(pace.expectedDays)} 天`;
  if (!pace.alert) return { en: `${en}.${silence.en}`, zh: `${zh}。${silence.zh}` };
  return {
    en: `${en} and only ${share} % of deals take longer.${silence.en}`,
    zh: `${zh}，仅 ${share} % 的交易更久。${silence.zh}`,
  };
}

/** What the owner does with a deal that is stuck. */
export function dealAction(pace: DealPace, quiet: number): Sentence {
  if (!pace.alert) return { en: 'Go on as planned.', zh: '按计划推进。' };
  if (quiet >= 14)
    return {
      en: 'Call this week and agree the next step, or close it as lost.',
      zh: '本周致电并商定下一步，否则按丢单关闭。',
    };
  return {
    en: 'Ask for the decision and the date; bring in a manager if there is none.',
    zh: '询问决定与时间；若没有答复，请经理介入。',
  };
}
