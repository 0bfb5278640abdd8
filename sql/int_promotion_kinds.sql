-- purpose: the kinds of promotion that are told apart, numbered: the 24 with the most promotions
-- grain: one row per kind
-- key: kind
-- inputs: stg_promotions
-- units: kind is 'promotion' where none is given
-- checks: not_null(kind_idx)
with
counted as (
    select coalesce(kind, 'promotion') as kind, count(*) as promotions
    from stg_promotions
    group by all
),

commonest as (
    select kind from counted
    order by promotions desc, kind
    limit 24
),

final as (
    select (row_number() over (order by kind) - 1)::integer as kind_idx, kind
    from commonest
    order by kind
)

select * from final
