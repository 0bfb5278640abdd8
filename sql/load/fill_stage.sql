create ${temporary} table ${stage} as
select
    ${columns},
    coalesce(${is_good}, false) as _ok,
from (
    ${relation}
)
