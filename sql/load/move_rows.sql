insert into ${target} by name
select
    stage.* exclude (_ok, _ordinal),
    ${file_id}::integer as _file_id,
    (stage._ordinal + jump.shift)::bigint as _line,
from (select *, rowid as _ordinal from ${stage} where _ok) as stage
asof inner join load_jump as jump on stage._ordinal >= jump.first
