create or replace temp table load_bad as
select rowid::integer as ordinal
from ${stage}
where not _ok
