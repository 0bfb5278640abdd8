-- purpose: the latest days of the funnel against the expected day: weekday, season, trend, events and recent level taken out
-- grain: one row per date, stage and segment
-- key: ds, stage, segment
-- inputs: out_funnel_day, int_funnel_days
-- units: value and expected in people; deviation as a fraction; score in standard deviations
-- checks: not_null(alert); holds(expected >= 0)
with
names as (
    select distinct series_idx, stage, segment from int_funnel_days
),

final as (
    select
        judged.ds, names.stage, names.segment,
        judged.value, round(judged.expected, 1) as expected, round(judged.deviation, 4) as deviation, judged.alert,
        round(judged.score, 2) as score,
    from out_funnel_day as judged
    join names using (series_idx)
)

select * from final
