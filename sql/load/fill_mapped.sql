create table ${stage} as
with
valued as (
    ${relation}
),

judged as (
    select *, coalesce(${is_good}, false) as _ok
    from valued
),

reasoned as (
    select *, case when not _ok then ${reason} end as _reason
    from judged
)

select
    ${columns},
    ${line} as _line,
    _ok,
    _reason,
    case when not _ok then ${value} end as _value,
    case when not _ok then to_json(${raw})::varchar end as _raw,
from reasoned
