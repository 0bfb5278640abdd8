/** Models in Chinese; in English they are their names in words. */
export const CHINESE_MODELS: Record<string, string> = {
  champion: '入选模型',
  sum_of_champions: '入选模型合计',
  combination: '组合模型',
  seasonal_naive: '季节性朴素',
  moving_average: '移动平均',
  ets: '指数平滑',
  theta: 'Theta',
  croston_sba: 'Croston-SBA',
  tsb: 'TSB',
  mstl_ets: 'MSTL-ETS',
  arimax: 'ARIMAX',
  harmonic_regression: '谐波回归',
  calendar_regression: '日历回归',
  boosted_trees: '提升树',
  recursive_trees: '递推提升树',
  lstm: 'LSTM',
  arima_lstm: 'ARIMA-LSTM',
  launch_curve: '新品上市曲线',
  override: '人工调整',
  zero: '零需求',
};

/** Why a series has another forecast than that of its best model, in Chinese. */
export const CHINESE_FALLBACKS: Record<string, string> = {
  NEW: '新品',
  ENDING: '趋于停销',
  DEAD: '已停销',
  ENDS: '即将下市',
  NO_HISTORY: '从无销售',
  BASELINE: '基准模型',
};
