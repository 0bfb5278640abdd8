-- purpose: the published forecast of each series, for the jobs that decide on it
-- grain: one row per series and period ahead (h = 0 is the as-of day)
-- key: series_idx, h
-- inputs: out_forecast_series
-- units: quantities in units per period
-- checks: not_null(mean); holds(mean >= 0); holds(q05 <= q50 and q50 <= q95)
with
final as (
    select series_idx, h, model, fallback_code, mean, q05, q10, q25, q50, q75, q90, q95,
    from out_forecast_series
    where is_champion
    order by series_idx, h
)

select * from final
