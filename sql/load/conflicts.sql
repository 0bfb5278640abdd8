create or replace temp table load_conflict as
select ${key}
from ${stage}
where _ok
group by all
having count(*) > 1 and min(hash(${content})) <> max(hash(${content}))
