-- purpose: each macro indicator as it was known in the morning of each period
-- grain: one row per indicator and period
-- key: indicator, period_idx
-- inputs: stg_indicators, int_axis
-- units: as published
-- checks: none
with
mornings as (
    select
        indicator, period_idx,
        a.start_on + (period_idx * a.period_days)::integer + getvariable('morning') as morning_at,
    from (select distinct indicator from stg_indicators)
    cross join int_axis as a
    cross join (select unnest(range(0, (select periods from int_axis)))::integer as period_idx)
),

final as (
    select m.indicator, m.period_idx, i.value
    from mornings as m
    asof join stg_indicators as i
        on m.indicator = i.indicator and m.morning_at >= i.known_at
)

select * from final
