-- purpose: brings the account of a file that is loaded already to the path it has now
update quarantine set path = ${path}
where file_id = ${file_id} and path = (
    select path from raw_file where unit_key = ${key} order by rowid limit 1 offset ${position}
);
update raw_file set path = ${path}
where rowid = (select rowid from raw_file where unit_key = ${key} order by rowid limit 1 offset ${position});
